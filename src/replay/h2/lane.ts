import { constants, type ClientHttp2Session, type ClientHttp2Stream } from 'node:http2';
import type { TraceRequest } from '../../model/index.js';
import type { DigestedRequest } from '../../traffic/index.js';
import type { Lane, LaneEvents } from '../../lanes/lane.js';
import { readBack, toHeaders } from './form.js';

const { NGHTTP2_CANCEL, NGHTTP2_NO_ERROR, NGHTTP2_REFUSED_STREAM } = constants;

/** What a lane needs from its connection. */
export interface LaneHost {
  readonly events: LaneEvents;
  readonly scheme: 'http' | 'https';
  readonly timeoutMs: number;
  /** The session for the next stream. */
  session(): ClientHttp2Session;
  /** A stream was started on it. */
  sent(): void;
  /** This lane's stream has ended. */
  released(lane: H2Lane, session: ClientHttp2Session): void;
  refresh(lane: H2Lane): void;
}

/** One request in progress at a time on an HTTP/2 connection: one stream after the other. */
export class H2Lane implements Lane {
  readonly #host: LaneHost;
  #stream: ClientHttp2Stream | null = null;

  constructor(host: LaneHost) {
    this.#host = host;
  }

  get busy(): boolean {
    return this.#stream !== null;
  }

  send(request: TraceRequest): DigestedRequest {
    const headers = toHeaders(request, this.#host.scheme);
    const { body } = request;
    const session = this.#host.session();
    const stream = session.request(headers, { endStream: body === null });
    this.#stream = stream;
    this.#follow(stream, request, session);
    if (body !== null) stream.end(body);
    this.#host.sent();
    return readBack(headers, body, request);
  }

  refresh(): void {
    this.#host.refresh(this);
  }

  giveUp(): void {
    this.#stream?.close(NGHTTP2_CANCEL);
  }

  #follow(stream: ClientHttp2Stream, { index, behaviour }: TraceRequest, session: ClientHttp2Session): void {
    const { abort } = behaviour ?? {};
    let status = 0;
    let received = 0;
    let complete = false;
    let aborted = false;
    const hangUp = (): void => {
      aborted = !complete;
      stream.close(NGHTTP2_CANCEL);
    };
    stream.on('response', (headers) => {
      status = headers[':status'] ?? 0;
      if (abort?.of === 'response' && abort.bytes === 0) hangUp();
    });
    stream.on('data', (chunk: Buffer) => {
      received += chunk.length;
      if (abort?.of === 'response' && abort.bytes !== null && received > abort.bytes) hangUp();
    });
    stream.on('end', () => (complete = true));
    // The code of the close event says why it ended.
    stream.on('error', () => {});
    stream.setTimeout(this.#host.timeoutMs, () => stream.close(NGHTTP2_CANCEL));
    if (abort?.of === 'request') stream.once('finish', hangUp);
    stream.on('close', () => {
      this.#stream = null;
      const answered = complete && status > 0 && stream.rstCode === NGHTTP2_NO_ERROR;
      if (answered && !aborted) this.#host.events.answered(index, status);
      // A refused stream is like a closed connection in HTTP/1: the target says that it did not accept the request.
      else
        this.#host.events.lost(
          index,
          aborted ? 'aborted' : stream.rstCode === NGHTTP2_REFUSED_STREAM ? 'closed' : 'none',
        );
      this.#host.released(this, session);
    });
  }
}
