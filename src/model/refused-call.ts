/** A call to the Docker API that an arm made and that was not done. */
export interface RefusedCall {
  /**
   * `unknown`: slopegate does not know the call; `path`, `query`, `filter`, `body`: it knows the call and not what is
   * asked with it; `version`: the API is so old that a call may mean more; `missing`: what is named is not the arm's.
   */
  readonly reason: 'unknown' | 'path' | 'query' | 'filter' | 'body' | 'version' | 'missing';
  /** Without version and query: `POST /containers/create`. */
  readonly call: string;
  /** The name of the query, filter or field that is not understood, or of what is missing; empty otherwise. */
  readonly part: string;
}
