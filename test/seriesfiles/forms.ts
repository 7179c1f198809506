import { iso, mib, START, type Reading, type Written } from './story.js';

const rows =
  (header: string, row: (reading: Reading, name: string) => string): Written =>
  (readings, name) =>
    `${header}\n${readings.map((reading) => row(reading, name)).join('\n')}\n`;
const lines =
  (line: (reading: Reading, name: string) => string): Written =>
  (readings, name) =>
    readings.map((reading) => `${line(reading, name)}\n`).join('');
const matrix = (result: object[]): string =>
  JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } });
const points = (readings: readonly Reading[], value: (reading: Reading) => number, late = 0): [number, string][] =>
  readings.map((reading) => [START + reading.second + late, String(value(reading))]);

/** The last reading of a clock of day is after midnight. */
const clock = (second: number): string => iso(second + 86_300 - (START % 86_400)).slice(11, 19);
const amPm = (second: number): string => {
  const [hours, rest] = [clock(second).slice(0, 2), clock(second).slice(2)];
  return `${String(Number(hours) % 12 || 12).padStart(2, '0')}${rest} ${Number(hours) < 12 ? 'AM' : 'PM'}`;
};
const dockerTable = ({ bytes }: Reading): string =>
  'CONTAINER ID   NAME      CPU %     MEM USAGE / LIMIT     MEM %     NET I/O           BLOCK I/O   PIDS\n' +
  `4f5d1c2b3a49   waf       1.05%     ${mib(bytes).toFixed(2)}MiB / 15.48GiB   0.72%     1.2kB / 3.4MB   0B / 0B    ` +
  ` 3\n`;

const titled: Written = (readings, name) => {
  const row = (r: Reading): string => `${clock(r.second)},${r.requests},${mib(r.bytes)},700.5,1.5`;
  return `Monitoring process ${name}\n${rows('Time,requests,RSS(MB),VSZ(MB),CPU%', row)(readings, name)}`;
};
const victoria: Written = (readings) => {
  const line = (name: string, value: (reading: Reading) => number): string => {
    const timestamps = readings.map((r) => (START + r.second) * 1000);
    return `${JSON.stringify({ metric: { __name__: name, job: 'waf' }, values: readings.map(value), timestamps })}\n`;
  };
  return line('process_resident_memory_bytes', (r) => r.bytes) + line('http_requests_total', (r) => r.requests);
};
const pidstat: Written = (readings) => {
  const header = '  UID       PID  minflt/s  majflt/s     VSZ     RSS   %MEM  Command';
  const body = readings.map(
    (r, n) =>
      (n % 100 === 0 ? `${amPm(r.second)} ${header}\n` : '') +
      `${amPm(r.second)}     0      1234      1.00      0.00  700500  ${r.bytes / 1024}   0.72  nginx\n`,
  );
  const average = 'Average:        0      1234      1.00      0.00  700500  120000   0.72  nginx\n';
  return `Linux 6.1.0 (host) \t11/27/26 \t_x86_64_\t(2 CPU)\n\n${body.join('')}${average}`;
};

/** Forms that count requests: the leak of 1,024 bytes a request comes out per request. */
export const COUNTED: readonly (readonly [string, Written])[] = [
  ['tidy CSV', rows('time_s,requests,anon_bytes', (r) => `${r.second},${r.requests},${r.bytes}`)],
  [
    'epoch milliseconds',
    rows('timestamp,requests,anon_bytes', (r) => `${(START + r.second) * 1000},${r.requests},${r.bytes}`),
  ],
  ['epoch microseconds', rows('ts,requests,anon_bytes', (r) => `${START + r.second}000000,${r.requests},${r.bytes}`)],
  ['epoch nanoseconds', rows('ts,requests,anon_bytes', (r) => `${START + r.second}000000000,${r.requests},${r.bytes}`)],
  [
    'milliseconds by name',
    rows('elapsed_ms,requests,anon_bytes', (r) => `${r.second * 1000},${r.requests},${r.bytes}`),
  ],
  ['ISO times', rows('time,requests,anon_bytes', (r) => `${iso(r.second)},${r.requests},${r.bytes}`)],
  [
    'dates with times',
    rows('Time,requests,anon_bytes', (r) => `${iso(r.second).slice(0, 19).replace('T', ' ')},${r.requests},${r.bytes}`),
  ],
  [
    'a day and a time of day',
    rows(
      'date,time,requests,anon_bytes',
      (r) => `${iso(r.second).slice(0, 10)},${iso(r.second).slice(11, 19)},${r.requests},${r.bytes}`,
    ),
  ],
  [
    'times of day over midnight',
    rows('time,requests,anon_bytes', (r) => `${clock(r.second)},${r.requests},${r.bytes}`),
  ],
  ['am and pm', rows('time,requests,anon_bytes', (r) => `${amPm(r.second)},${r.requests},${r.bytes}`)],
  [
    'a good timestamp beside a time that is text',
    rows('time,timestamp,requests,anon_bytes', (r) => `early,${START + r.second},${r.requests},${r.bytes}`),
  ],
  ['units in cells', rows('time_s,requests,rss', (r) => `${r.second},${r.requests},${mib(r.bytes).toFixed(3)} MiB`)],
  [
    'used / limit in cells',
    rows('time_s,requests,MemUsage', (r) => `${r.second},${r.requests},${mib(r.bytes).toFixed(2)}MiB / 15.48GiB`),
  ],
  ['a unit in parentheses', rows('time_s,requests,RSS(KB)', (r) => `${r.second},${r.requests},${r.bytes / 1024}`)],
  ['a unit in brackets', rows('time_s,requests,rss [KiB]', (r) => `${r.second},${r.requests},${r.bytes / 1024}`)],
  ['a unit glued to the name', rows('time_s,requests,rssMB', (r) => `${r.second},${r.requests},${mib(r.bytes)}`)],
  ['a unit after "in"', rows('time_s,requests,Memory in MB', (r) => `${r.second},${r.requests},${mib(r.bytes)}`)],
  [
    'decimal commas',
    rows('time_s;requests;rss_mib', (r) => `${r.second};${r.requests};${mib(r.bytes).toFixed(3).replace('.', ',')}`),
  ],
  [
    'points between thousands',
    rows(
      'time_s;requests;rss_bytes',
      (r) => `${r.second};${r.requests.toLocaleString('de')};${r.bytes.toLocaleString('de')}`,
    ),
  ],
  [
    'commas between thousands',
    rows('time_s,requests,rss_bytes', (r) => `${r.second},${r.requests},"${r.bytes.toLocaleString('en')}"`),
  ],
  ['a title above the header', titled],
  ['a header that is a comment', rows('# time_s,requests,anon_bytes', (r) => `${r.second},${r.requests},${r.bytes}`)],
  [
    'a limit before the usage',
    rows('time_s,requests,memory_limit_mib,memory_usage_mib', (r) => `${r.second},${r.requests},2048,${mib(r.bytes)}`),
  ],
  [
    'capitals, virtual memory first',
    rows('Time_s,Requests,VSZ_MB,RSS_MB', (r) => `${r.second},${r.requests},${700 + r.second},${mib(r.bytes)}`),
  ],
  [
    'a counter of the network before memory',
    rows('time_s,requests,net_rx_total,mem', (r) => `${r.second},${r.requests},${r.requests * 5000},${r.bytes}`),
  ],
  [
    'requests under the name of Prometheus',
    rows('time_s,http_requests_total,anon_bytes', (r) => `${r.second},${r.requests},${r.bytes}`),
  ],
  [
    'requests_sent',
    rows('elapsed_s,rss_mb,fd_count,requests_sent,rps', (r) => `${r.second},${mib(r.bytes)},30,${r.requests},75`),
  ],
  ['requests per second, added up', rows('time_s,rps,anon_bytes', (r) => `${r.second},75,${r.bytes}`)],
  [
    'rows from the latest',
    (readings) =>
      rows('time_s,requests,anon_bytes', (r) => `${r.second},${r.requests},${r.bytes}`)([...readings].reverse(), ''),
  ],
  [
    'rows without order',
    (readings) =>
      rows('time_s,requests,anon_bytes', (r) => `${r.second},${r.requests},${r.bytes}`)(
        [...readings].sort((a, b) => ((a.second * 37) % 101) - ((b.second * 37) % 101)),
        '',
      ),
  ],
  [
    'JSON lines',
    lines((r) => JSON.stringify({ time_s: r.second, requests: r.requests, memory: { rss_bytes: r.bytes } })),
  ],
  [
    'an array of JSON objects',
    (readings) =>
      JSON.stringify(readings.map((r) => ({ time: iso(r.second), requests: r.requests, rss_bytes: r.bytes }))),
  ],
  [
    'lines of names with numbers',
    lines((r) => `time=${iso(r.second)} level=info requests=${r.requests} rss_bytes=${r.bytes}`),
  ],
  [
    'two containers, rows in turn',
    rows(
      'time_s,container,requests,memory_bytes',
      (r) => `${r.second},waf,${r.requests},${r.bytes}\n${r.second},db,${r.requests},${6e7 + (r.second % 5) * 4096}`,
    ),
  ],
  [
    'Prometheus, requests by status',
    (readings) =>
      matrix([
        { metric: { __name__: 'process_resident_memory_bytes' }, values: points(readings, (r) => r.bytes) },
        ...[
          ['200', 0.9],
          ['403', 0.1],
        ].map(([code, share]) => ({
          metric: { __name__: 'http_requests_total', code },
          values: points(readings, (r) => r.requests * Number(share)),
        })),
      ]),
  ],
  ['VictoriaMetrics lines', victoria],
  [
    'InfluxDB lines',
    lines(
      (r) =>
        `docker_container_mem,container_name=waf,host=h rss_bytes=${r.bytes}i ` +
        `${START + r.second}000000000\nnginx,host=h requests=${r.requests}i ${START + r.second}000000000`,
    ),
  ],
];

/** Forms without requests: 75 requests a second times 1,024 bytes are 76,800 bytes a second. */
export const UNCOUNTED: readonly (readonly [string, Written, object])[] = [
  [
    'Prometheus, sums without a name',
    (readings) =>
      matrix([
        { metric: { container: 'waf' }, values: points(readings, (r) => r.bytes) },
        { metric: { container: 'db' }, values: points(readings, (r) => 61_440_000 + (r.second % 3) * 4096) },
      ]),
    {},
  ],
  ['docker stats, tables one after the other', lines((r) => dockerTable(r)), { intervalSeconds: 1 }],
  [
    'docker stats with codes for the terminal',
    lines((r) => `\u001B[2J\u001B[H${dockerTable(r)}`),
    { intervalSeconds: 1 },
  ],
  [
    'docker stats after a line of date',
    lines((r) => `--- ${iso(r.second).slice(0, 19).replace('T', ' ')} ---\n${dockerTable(r)}`),
    {},
  ],
  [
    'docker stats as JSON lines',
    lines((r) =>
      JSON.stringify({
        BlockIO: '0B / 0B',
        CPUPerc: '1.05%',
        Container: '4f5d1c2b3a49',
        ID: '4f5d1c2b3a49',
        MemPerc: '0.72%',
        MemUsage: `${mib(r.bytes).toFixed(2)}MiB / 15.48GiB`,
        Name: 'waf',
        NetIO: '1.2kB / 3.4MB',
        PIDs: '3',
      }),
    ),
    { intervalSeconds: 1 },
  ],
  [
    'docker stats through jq',
    lines((r) => `${START + r.second},"4f5d1c2b3a49","waf","1.05%","${mib(r.bytes).toFixed(2)}MiB / 15.48GiB"`),
    { timeColumn: '1', metric: '5' },
  ],
  [
    'kubectl top in a loop',
    lines(
      (r) =>
        `${iso(r.second)}\nNAME                    CPU(cores)   MEMORY(bytes)\nwaf-7f9c8d6b5-x2x4z     5m           ` +
        `${Math.round(r.bytes / 1024)}Ki`,
    ),
    {},
  ],
  [
    'ps in a loop',
    lines(
      (r) =>
        `${START + r.second}\n    PID    RSS    VSZ     TIME COMMAND\n   1234 ${r.bytes / 1024} 700500 00:01:02 ` +
        `nginx: worker, process`,
    ),
    {},
  ],
  ['pidstat -r', pidstat, {}],
  [
    'psrecord',
    rows(
      '# Elapsed time   CPU (%)     Real (MB)   Virtual (MB)',
      (r) => `       ${r.second}.000        1.000      ${mib(r.bytes)}      700.500`,
    ),
    {},
  ],
  ['mprof', rows('CMDLINE python app.py', (r) => `MEM ${mib(r.bytes).toFixed(6)} ${START + r.second}.4398`), {}],
  ['columns parted by blanks', rows('Time(s) RSS(KB)', (r) => `${r.second} ${r.bytes / 1024}`), {}],
  [
    'Node, one line a reading',
    lines(
      (r) =>
        `[${iso(r.second)}] { rss: ${r.bytes}, heapTotal: 6537216, heapUsed: 4930504, external: 423221, ` +
        `arrayBuffers: 17678 }`,
    ),
    {},
  ],
  [
    'Node, over several lines',
    lines((r) => `{\n  rss: ${r.bytes},\n  heapTotal: 6537216,\n  heapUsed: 4930504,\n  external: 423221\n}`),
    { intervalSeconds: 1 },
  ],
  [
    'Node as CSV',
    rows('rss,heapTotal,heapUsed,external', (r) => `${r.bytes},6537216,4930504,423221`),
    { intervalSeconds: 1 },
  ],
  [
    'cAdvisor',
    (readings) =>
      JSON.stringify({
        '/docker/4f5d': {
          name: '/docker/4f5d',
          aliases: ['waf', '4f5d'],
          stats: readings.map((r) => ({
            timestamp: iso(r.second),
            cpu: { usage: { total: 5 } },
            memory: { usage: r.bytes + 1e7, cache: 1e7, rss: r.bytes, working_set: r.bytes + 5e6 },
          })),
        },
      }),
    { metric: 'memory_rss' },
  ],
  [
    'Grafana, the name of the series as header',
    rows(
      '"Time","{__name__=""container_memory_rss"", container=""waf"", pod=""waf-1""}"',
      (r) => `${iso(r.second).slice(0, 19).replace('T', ' ')},${r.bytes}`,
    ),
    {},
  ],
  [
    'Grafana, a legend as header',
    rows('"Time","waf","db"', (r) => `${(START + r.second) * 1000},${mib(r.bytes).toFixed(2)} MiB,57.2 MiB`),
    {},
  ],
];
