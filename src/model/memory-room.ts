/** Memory that a service may still take, and what says so. */
export interface MemoryRoom {
  readonly bytes: number;
  readonly source: 'production' | 'limit' | 'host';
}
