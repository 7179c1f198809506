import { Table, type Decimal } from '../series/index.js';
import type { Line } from './lines.js';

/** Reads the output of `mprof run`: `MEM 23.17 1743655471.4398`, in MiB and seconds since 1970. */
export async function readMprof(lines: AsyncIterable<Line>, file: string, decimal: Decimal): Promise<Table> {
  const table = new Table(file, 'mprof', decimal);
  table.usualUnit = 'MiB';
  for await (const { text, number } of lines) {
    const [word, memory, time] = text.trim().split(/\s+/);
    if (word === 'MEM')
      table.addRecord(
        new Map([
          ['time', time ?? ''],
          ['mem', memory ?? ''],
        ]),
        number,
      );
  }
  return table;
}
