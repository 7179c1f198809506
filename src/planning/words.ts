/** `95` → `95 s`, `147` → `147 s`, `600` → `10 min`, `9000` → `2 h 30 min`. */
export function duration(seconds: number): string {
  if (seconds < 100 || (seconds < 600 && Math.round(seconds) % 60 !== 0)) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 100
    ? `${minutes} min`
    : `${Math.floor(minutes / 60)} h${minutes % 60 === 0 ? '' : ` ${minutes % 60} min`}`;
}
