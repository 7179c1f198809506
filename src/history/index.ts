export { historyEntry, type HistoryEntry, type HistoryService } from './entry.js';
export { qualify } from './qualify.js';
export { addToHistory, historyFile, readHistory } from './store.js';
