import { iso, mib, START, type Reading, type Written } from './story.js';

type Value = (reading: Reading) => number;

const each =
  (line: (reading: Reading, file: string) => string, header = ''): Written =>
  (readings, file) =>
    `${header}${readings.map((reading) => `${line(reading, file)}\n`).join('')}`;
const waf: Value = ({ bytes }) => bytes;
/** A service beside the WAF that does not grow. */
const db: Value = ({ second }) => 61_440_000 + (second % 3) * 4096;
const inMib = (value: number): string => `${mib(value).toFixed(2)}MiB`;
const inMi = (value: number): string => `${Math.round(mib(value))}Mi`;
const hms = ({ second }: Reading): string => iso(second).slice(11, 19);
/** As `date` prints it. */
const date = ({ second }: Reading): string =>
  new Date((START + second) * 1000).toUTCString().replace(/^(\w+), (\d+) (\w+) (\d+) (\S+) GMT$/, '$1 $3 $2 $5 UTC $4');
/** The name of a pod: another one in every file. */
const pod = (role: string, file: string): string =>
  `${role}-7f9c8d6b5-${file.startsWith('b') ? 'x2' : 'k7'}x4${'bcdfg'[Number(file[1])]}`;

const STATS = 'CONTAINER ID   NAME         CPU %     MEM USAGE / LIMIT     MEM %     PIDS\n';
const stats = (id: string, name: string, value: number): string =>
  `${id}   ${name}   1.05%     ${inMib(value)} / 15.48GiB   0.72%     3`;
const statsJson = (name: string, value: number, more: object = {}): string =>
  JSON.stringify({ Container: name, MemUsage: `${inMib(value)} / 15.48GiB`, Name: name, ...more });
const prometheus = (series: readonly (readonly [labels: object, value: Value])[], readings: readonly Reading[]) =>
  JSON.stringify({
    status: 'success',
    data: {
      resultType: 'matrix',
      result: series.map(([metric, value]) => ({
        metric,
        values: readings.map((reading) => [START + reading.second, String(value(reading))]),
      })),
    },
  });
const influx = (name: string, value: number, { second }: Reading): string =>
  `docker_container_mem,container_name=${name} usage=${value}i,limit=8589934592i ${START + second}000000000`;
const annotated = (table: number, name: string, value: Value): Written =>
  each((r) => `,,${table},${iso(r.second)},${value(r)},usage,docker_container_mem,${name}`);
const ANNOTATED =
  '#group,false,false,false,false,true,true,true\n' +
  '#datatype,string,long,dateTime:RFC3339,double,string,string,string\n' +
  '#default,_result,,,,,,\n,result,table,_time,_value,_field,_measurement,container_name\n';
const PIDSTAT = '        UID       PID  minflt/s  majflt/s     VSZ     RSS   %MEM  Command\n';
const LINUX = 'Linux 6.1.0 (host) \t11/27/26 \t_x86_64_\t(2 CPU)\n\n';
const process = (pid: number, value: number): string =>
  `      0      ${pid}      1.00      0.00  700500  ${value / 1024}   0.72  nginx`;
const TOP = 'NAME                    CPU(cores)   MEMORY(bytes)\n';

/** Files of tools that watch several services or processes. The leak is 76,800 bytes a second. */
export const WATCHED: readonly (readonly [string, Written, object])[] = [
  [
    'docker stats, two containers',
    each(
      (r) => `${STATS}${stats('4f5d1c2b3a49', 'shop-waf-1', r.bytes)}\n${stats('aa5d1c2b3a49', 'shop-db-1', db(r))}`,
    ),
    { intervalSeconds: 1 },
  ],
  [
    'docker stats after seconds',
    each((r) => `${START + r.second}\n${STATS}${stats('4f5d1c2b3a49', 'waf', r.bytes)}`),
    {},
  ],
  ['docker stats after date', each((r) => `${date(r)}\n${STATS}${stats('4f5d1c2b3a49', 'waf', r.bytes)}`), {}],
  [
    'docker stats JSON, two containers',
    each((r) => `${statsJson('shop-waf-1', r.bytes)}\n${statsJson('shop-db-1', db(r))}`),
    { intervalSeconds: 1 },
  ],
  [
    'docker stats JSON with times',
    each((r) =>
      [statsJson('waf', r.bytes, { time: iso(r.second) }), statsJson('db', db(r), { time: iso(r.second) })].join('\n'),
    ),
    {},
  ],
  [
    'Grafana wide, ISO times',
    each((r) => `${iso(r.second)},${inMib(r.bytes)},${inMib(db(r))}`, '"Time","waf","db"\n'),
    {},
  ],
  [
    'Grafana wide, semicolons and decimal commas',
    each((r) => `${iso(r.second)};${`${inMib(r.bytes)};${inMib(db(r))}`.replaceAll('.', ',')}`, '"Time";"waf";"db"\n'),
    {},
  ],
  [
    'Grafana wide, labels and epoch milliseconds',
    each((r) => `${START + r.second}000,${r.bytes},${db(r)}`, '"Time","{container=""waf""}","{container=""db""}"\n'),
    {},
  ],
  [
    'one container after the other',
    (readings, file) =>
      `time,container,memory_bytes\n${each((r) => `${iso(r.second)},waf,${r.bytes}`)(readings, file)}` +
      each((r) => `${iso(r.second)},db,${db(r)}`)(readings, file),
    {},
  ],
  [
    'Prometheus, pods named anew',
    (readings, file) =>
      prometheus(
        [
          [{ pod: pod('waf', file) }, waf],
          [{ pod: pod('db', file) }, db],
        ],
        readings,
      ),
    {},
  ],
  [
    'VictoriaMetrics, two containers',
    (readings) =>
      (
        [
          ['waf', waf],
          ['db', db],
        ] as const
      )
        .map(([container, value]) =>
          JSON.stringify({
            metric: { __name__: 'container_memory_rss', container },
            values: readings.map(value),
            timestamps: readings.map(({ second }) => (START + second) * 1000),
          }),
        )
        .join('\n'),
    {},
  ],
  ['InfluxDB lines, two containers', each((r) => `${influx('waf', r.bytes, r)}\n${influx('db', db(r), r)}`), {}],
  ['pidstat -r, 24 hours', each((r) => `${hms(r)}${PIDSTAT}${hms(r)}${process(1234, r.bytes)}\n`, LINUX), {}],
  [
    'pidstat -rh, two workers',
    each((r) => `# Time${PIDSTAT}${hms(r)}${process(1234, r.bytes)}\n${hms(r)}${process(1235, db(r))}\n`, LINUX),
    {},
  ],
  [
    'pidstat -rhH, seconds since 1970',
    each((r) => `# Time${PIDSTAT}${START + r.second}${process(1234, r.bytes)}\n`, LINUX),
    {},
  ],
  [
    'ps after date, two workers',
    each((r) => `${date(r)}\n    PID   RSS COMMAND\n1234 ${r.bytes / 1024} nginx\n1235 60000 nginx`),
    {},
  ],
  [
    'kubectl top, pods named anew',
    each(
      (r, file) =>
        `${date(r)}\n${TOP}${pod('waf', file)}     5m    ${inMi(r.bytes)}\n${pod('db', file)}     1m    58Mi`,
    ),
    {},
  ],
  [
    'kubectl top --containers',
    each(
      (r, file) =>
        `${date(r)}\nPOD         ${TOP}${pod('waf', file)}  waf    5m    ${inMi(r.bytes)}\n` +
        `${pod('waf', file)}  proxy   1m   58Mi`,
    ),
    {},
  ],
];

/** Files that do not say which of their numbers are memory, and the answer. */
export const UNNAMED: readonly (readonly [string, Written, object])[] = [
  [
    'Grafana wide, bytes without a unit',
    each((r) => `${START + r.second}000,${r.bytes},${db(r)}`, '"Time","waf","db"\n'),
    { metric: 'waf' },
  ],
  [
    'Grafana long, one after the other',
    (readings, file) =>
      `"Series";"Time";"Value"\n${each((r) => `waf;${iso(r.second)};${inMib(r.bytes)}`)(readings, file)}` +
      each((r) => `db;${iso(r.second)};${inMib(db(r))}`)(readings, file),
    { metric: 'Value' },
  ],
  [
    'InfluxDB, annotated CSV',
    (readings, file) =>
      `${ANNOTATED}${annotated(0, 'waf', waf)(readings, file)}${annotated(1, 'db', db)(readings, file)}`,
    { metric: '_value' },
  ],
  [
    'kubectl top --no-headers: 5m is no memory',
    each((r) => `${iso(r.second)}\nwaf     5m    ${inMi(r.bytes)}`),
    { metric: '3' },
  ],
];
