import {
  type KeptSignal,
  packSignals,
  type SignalsMessage,
  unpackSignals,
} from '../../shared/alerts/index.ts';
import {
  defaultCorrelation,
  differenceOf,
  Replay,
  ruleSchema,
  ServiceGraph,
} from '../../shared/detection/index.ts';
import { digest, HOUR, MINUTE } from '../../shared/kernel/index.ts';
import { catalogue, serviceNames } from '../support/outages/catalogue.ts';
import { outageOrg } from '../support/outages/scene.ts';
import { epoch } from '../support/signals.ts';
import { figure, median, textTable } from './figures.ts';

const SIZES = [1_000, 10_000, 50_000] as const;
const ROUNDS = 3;

const correlating = { graph: new ServiceGraph(catalogue), settings: defaultCorrelation };
const draft = [ruleSchema.parse({ id: 'host', name: 'By host', group: { by: ['label:host', 'service'] } })];

/** What it takes to try a rule set on kept signals: reading them again, and deciding them under both sets; beside a fold that only counts. */
export async function replayed(): Promise<string> {
  const rows = SIZES.map((size) => {
    const kept = signalsOf(size);
    const packed = packSignals(kept);
    const perSignal = (work: () => unknown) =>
      (median(Array.from({ length: ROUNDS }, () => cpuOf(work))) * 1_000) / size;
    const base = perSignal(() => counted(kept));
    const read = perSignal(() => unpackSignals(packed, new Map()));
    const both = perSignal(() => simulated(kept));
    return [size.toLocaleString('en'), figure(read), figure(both), figure(base), `${figure(both / base)}×`];
  });
  return [
    'replayed: µs of CPU for a signal, half of them firings; the baseline counts signals by alert in a Map',
    textTable(['signals', 'unpacked', 'decided by two rule sets, and compared', 'baseline', 'ratio'], rows),
  ].join('\n');
}

function cpuOf(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** Alerts of all services that come and go, each a minute long. */
function signalsOf(size: number): readonly KeptSignal[] {
  return Array.from({ length: size }, (_, i): KeptSignal => {
    const isEnd = i % 2 === 1;
    const alert = Math.floor(i / 2) % 400;
    const service = serviceNames[alert % serviceNames.length] ?? '';
    const at = epoch + Math.floor(i / 2) * 5_000 + (isEnd ? MINUTE : 0);
    return {
      from: {
        receipt: digest(String(i)).slice(0, 32),
        receivedAt: at,
        integration: 'int_01BENCH',
        source: 'alertmanager',
      },
      place: 0,
      signal: {
        ...{ fingerprint: digest('alert', String(alert)), state: isEnd ? 'resolved' : 'firing', at, service },
        ...{ title: `Alert ${alert} of ${service}`, severity: 'P2_HIGH', links: [], flags: [] },
        labels: { host: `host-${alert % 40}` },
      },
    };
  }).sort((a, b) => a.from.receivedAt - b.from.receivedAt);
}

function simulated(kept: readonly KeptSignal[]) {
  const [active, other] = [new Replay(outageOrg, [], { correlating }), new Replay(outageOrg, draft)];
  for (const { from, signal } of kept) {
    const message: SignalsMessage = { kind: 'signals', org: outageOrg, ...from, signals: [signal] };
    active.receive(message);
    other.receive(message);
  }
  const until = (kept.at(-1)?.from.receivedAt ?? 0) + HOUR;
  return differenceOf(active.finish(until), other.finish(until));
}

function counted(kept: readonly KeptSignal[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { signal } of kept) counts.set(signal.fingerprint, (counts.get(signal.fingerprint) ?? 0) + 1);
  return counts;
}
