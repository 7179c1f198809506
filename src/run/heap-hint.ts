/** What the lens and the profiler need. @param libraries whose allocators they see @param page the page of the docs */
export function heapHint(libraries: string, page: string): string {
  return `It sees programs in C and C++ with ${libraries}, on this machine, and needs root (${page}).`;
}
