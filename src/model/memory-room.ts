/** Memory that a service may still take, and where this number comes from. */
export interface MemoryRoom {
  readonly bytes: number;
  readonly source: 'production' | 'limit' | 'host';
}
