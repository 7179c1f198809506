export { historyEntry, type HistoryEntry } from './entry.js';
export { addToHistory, historyFile, readHistory } from './store.js';
