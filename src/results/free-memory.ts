/** Memory that a service may still take, and where this number comes from. */
export interface FreeMemory {
  readonly bytes: number;
  readonly source: 'production' | 'limit' | 'host';
}
