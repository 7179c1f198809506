import type autocannon from 'autocannon';

/** What happens to the requests of one client, in its order. `place` counts them from 0. */
export interface ClientEvents {
  sent(place: number): void;
  answered(place: number, status: number): void;
  lost(place: number): void;
}

/**
 * Follows one client by its public events. A client has one request in progress at a time. autocannon reports when it
 * sends and when an answer comes, but not that a request was lost. The next request, or the end, shows that.
 */
export function followClient(client: autocannon.Client, events: ClientEvents): void {
  let place = -1;
  let open = false;
  const settleLost = (): void => {
    if (open) events.lost(place);
    open = false;
  };
  // autocannon's types do not have all events of its documentation.
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
