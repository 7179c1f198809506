import { createWireReplayer } from '../../../src/replay/index.js';
import { describeReplayer } from '../contract.js';

describeReplayer('wire', ({ connections, ...options } = {}) =>
  createWireReplayer({
    ...options,
    ...(connections === undefined ? {} : { connections, mostConnections: connections }),
  }),
);
