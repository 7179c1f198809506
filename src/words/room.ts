import type { MemoryRoom } from '../model/memory-room.js';
import { memory } from './numbers.js';

const SOURCES: Readonly<Record<MemoryRoom['source'], string>> = {
  production: 'that production has to spare',
  limit: 'that its memory limit leaves',
  host: 'of the host (no memory limit is set)',
};

/** `183 MiB that its memory limit leaves` */
export function roomWords({ bytes, source }: MemoryRoom): string {
  return `${memory(bytes)} ${SOURCES[source]}`;
}
