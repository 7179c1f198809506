export {
  unreadableEntry,
  problem,
  request,
  entryOrProblem,
  type Entry,
  type Format,
  type FormatOptions,
  type Problem,
  type RequestEntry,
  type RequestParts,
  type TrafficFile,
} from './entry.js';
export { chunkRanges } from './http/chunks.js';
export { headerOf, isChunked, isRequestLine, readHead, statedLength, valueOf, withLength } from './http/head.js';
export { MalformedRequest } from './http/malformed.js';
export { exactRequest, readRequest } from './http/raw-request.js';
export { asParts, has, valuesOf, type WholeRequest } from './http/whole-request.js';
export { NOTES, SKIP_REASONS, type NoteKind, type SkipReason } from './reasons.js';
export { attachedOf, type WithAttached } from './records/attached.js';
export { withinBounds } from './records/within-bounds.js';
export { harEntries, type Scanned } from './records/har-entries.js';
export { jsonRecords } from './records/json-records.js';
export { LARGEST_RECORD, lines, LONGEST_LINE, newlines, splitAt, wholeOf, type Piece } from './records/records.js';
export { textOf } from './records/text.js';
export { escapeBytes, targetOf, userOf } from './url.js';
