import { createAutocannonReplayer } from '../../src/replay/index.js';
import { describeReplayer } from './contract.js';

describeReplayer('autocannon', createAutocannonReplayer);
