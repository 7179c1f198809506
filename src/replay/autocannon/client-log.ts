import type autocannon from 'autocannon';

/** What happens to the requests that one client sends, in its order; `place` counts them from 0. */
export interface ClientEvents {
  sent(place: number): void;
  answered(place: number, status: number): void;
  lost(place: number): void;
}

/**
 * Follows one client by its public events. A client has one request under way at a time. autocannon says when it sends
 * and when an answer is there, but not that a request was lost: the next request, or the end, says so.
 */
export function followClient(client: autocannon.Client, events: ClientEvents): void {
  let place = -1;
  let open = false;
  const settleLost = (): void => {
    if (open) events.lost(place);
    open = false;
  };
  // The types of autocannon do not know all events that its documentation names.
  const emitter = client as unknown as NodeJS.EventEmitter;
  emitter.on('request', () => {
    settleLost();
    place += 1;
    open = true;
    events.sent(place);
  });
  emitter.on('response', (status: number) => {
    if (!open) return;
    open = false;
    events.answered(place, status);
  });
  emitter.on('done', settleLost);
}
