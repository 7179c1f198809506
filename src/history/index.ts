export { historyEntry, type HistoryEntry, type HistoryService } from './entry.js';
export { addToHistory, historyFile, readHistory } from './store.js';
