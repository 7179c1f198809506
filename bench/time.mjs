/**
 * Growth with time in simulation: how often two equal versions FAIL or lose their PASS to it, and how often 2,000 B/s
 * are found, for several kinds of memory in the idle phase.
 *
 *   npm run build && node bench/time.mjs [RUNS]
 */
import { assess, judge } from '../dist/verdict/index.js';
import { parseScenario } from '../dist/scenario/index.js';
const runs = Number(process.argv[2] ?? 150);
let seed = 7;
const rnd = () => {
  seed = (seed * 1664525 + 1013904223) >>> 0;
  return (seed + 0.5) / 2 ** 32;
};
const gauss = () => Math.sqrt(-2 * Math.log(rnd())) * Math.cos(2 * Math.PI * rnd());
const PRESETS = { gate: { warm: 60, win: 120, idle: 30 }, standard: { warm: 60, win: 300, idle: 60 } };
const RATE = 75;
const base = parseScenario(
  `slopegate: 1
name: sim
arms: {baseline: {label: a, compose: none}, candidate: {label: b, compose: none}}
stack: {entry: "waf:80"}
traffic: {mix: [{label: r, request: GET /}]}
`,
  'sim',
);
// Each gives a function: bytes at a second after the load.
const KINDS = {
  pages: () => () => 0,
  'random walk of pages': () => {
    let v = 0;
    return () => (v += rnd() < 0.2 ? (rnd() < 0.5 ? -4096 : 4096) : 0);
  },
  'heap given back (Go)': () => {
    const a = 2e6 * (0.5 + rnd()),
      tau = 10 + 40 * rnd();
    return (s) => -a * (1 - Math.exp(-s / tau));
  },
  'given back in steps (Node)': () => {
    const at = 5 + 50 * rnd(),
      h = 3e5 * rnd();
    let v = 0;
    return (s) => (v += rnd() < 0.02 ? gauss() * 50e3 : 0) - (s > at ? h : 0);
  },
  'garbage climbs, collected every 20 s': () => {
    const p = rnd() * 20,
      g = 15e3 * (0.8 + 0.4 * rnd());
    return (s) => g * ((s + p) % 20);
  },
  'garbage climbs, never collected in idle': () => {
    const g = 5e3 * (0.6 + 0.8 * rnd());
    return (s) => g * s;
  },
};
function trial(arm, r, P, noise, leak) {
  const end = P.warm + P.win,
    n = end + P.idle;
  const time = new Float64Array(n),
    requests = new Float64Array(n),
    y = new Float64Array(n);
  const steps = Array.from({ length: 2 }, () => [P.warm + rnd() * P.win, 65536 * (rnd() < 0.5 ? 1 : 0)]);
  for (let i = 0; i < n; i += 1) {
    const t = i + 1;
    time[i] = t;
    requests[i] = RATE * Math.min(t, end);
    const v = 30e6 + leak * t + steps.reduce((s, [at, h]) => s + (t > at ? h : 0), 0) + (t > end ? noise(t - end) : 0);
    y[i] = 4096 * Math.round(v / 4096);
  }
  const cols = { unreclaimable_bytes: y };
  const at = (t) => ({ time: t, requests: RATE * Math.min(t, end) });
  return {
    trial: { id: `r${r}-${arm}`, arm, replicate: r, purpose: 'replicate' },
    startedAt: '2026-01-01T00:00:00.000Z',
    phases: [
      { name: 'warmup', from: at(0), to: at(P.warm) },
      { name: 'window', from: at(P.warm), to: at(end) },
      { name: 'idle', from: at(end), to: at(n) },
    ],
    services: [{ service: 'waf', role: 'waf', time, requests, minimum: cols, median: cols }],
    events: [],
    replay: null,
    origin: null,
    containers: [],
    complete: true,
    failure: null,
  };
}
for (const [preset, P] of Object.entries(PRESETS))
  for (const [kind, make] of Object.entries(KINDS))
    for (const leak of [0, 2000]) {
      if (leak && !['pages', 'random walk of pages', 'garbage climbs, collected every 20 s'].includes(kind)) continue;
      const count = { fails: 0, timeFinding: 0, guard: 0, pass: 0, inconclusive: 0 };
      for (let k = 0; k < runs; k += 1) {
        const R = [3, 5, 8];
        let verdict;
        const trials = [];
        for (const look of R) {
          while (trials.length < 2 * look) {
            const r = trials.length / 2 + 1;
            trials.push(trial('baseline', r, P, make(), 0), trial('candidate', r, P, make(), leak));
          }
          const scenario = {
            ...base,
            experiment: { ...base.experiment, looks: R },
            gate: { ...base.gate, lookWeights: [0.2, 0.3, 0.5], confirm: 'never' },
          };
          verdict = judge(
            assess({
              manifest: {
                schema: 'slopegate.recording/4',
                runId: 'x',
                startedAt: '2026-01-01T00:00:00.000Z',
                endedAt: null,
                scenario,
                trace: null,
                host: null,
                notes: [],
              },
              trials: [...trials],
            }),
          );
          if (verdict.next === 'stop') break;
        }
        const s = verdict.assessment.services[0];
        if (verdict.assessment.findings.some((f) => f.kind === 'grows-with-time')) count.timeFinding += 1;
        if (s?.guards.some((g) => g.name === 'TIME')) count.guard += 1;
        count[verdict.outcome === 'fail' ? 'fails' : verdict.outcome] += 1;
      }
      process.stdout.write(`${[preset, kind, `leak ${leak}`, JSON.stringify(count)].join(' ')}\n`);
    }
