import type { Signal, SignalsMessage } from '../../shared/alerts/index.ts';
import { USUAL_STORM_LIMIT } from '../../shared/detection/index.ts';
import { digest, idOf, MINUTE, type OrganisationId } from '../../shared/kernel/index.ts';
import { DetectionOnEngine } from './detection-engine.ts';
import { epoch } from './signals.ts';
import { silence } from './silences.ts';
import { countWriteUnits } from './write-units.ts';

/** What each scene sends: so many batches of ten POSTs with so many alerts each, of so many different ones. */
export interface Scene {
  readonly posts: number;
  readonly alerts: number;
  readonly different: number;
  /** POSTs that come before and are not counted. @default 0 */
  readonly warmUp?: number;
  /** Whether each alert is of a service of its own, and so opens an incident of its own. */
  readonly apart?: boolean;
  /** Whether a silence holds all of them back. */
  readonly isSilenced?: boolean;
  /** Whether each comes alone, and not in a full batch. */
  readonly isAlone?: boolean;
}

/** Write units of one alert: while it is decided and kept, and with what counting its minute writes. */
export interface UnitsOfOne {
  readonly decided: number;
  readonly counted: number;
}

/** Full batches: as many messages as the queue hands over at once. */
const BATCH = 10;

/** Counts the write units of one alert of some 400 bytes, with everything that detection writes. */
export async function unitsOf(name: string, scene: Scene): Promise<UnitsOfOne> {
  const { warmUp = 0 } = scene;
  const org = idOf('organisation', epoch, name);
  const detection = new DetectionOnEngine(org, [], { stormLimit: USUAL_STORM_LIMIT });
  if (scene.isSilenced)
    await detection.silence([silence(-600, 9_000, [{ name: 'cluster', op: '=', value: 'eu-1' }])]);
  const counter = countWriteUnits();
  try {
    const posts = Array.from({ length: warmUp + scene.posts }, (_, i) => postOf(org, scene, i));
    detection.now = epoch + 30_000;
    const batch = scene.isAlone ? 1 : BATCH;
    await receiveAll(detection, posts.slice(0, warmUp), batch);
    counter.taken();
    await receiveAll(detection, posts.slice(warmUp), batch);
    const decided = counter.taken();
    detection.now = epoch + 3 * MINUTE;
    await detection.count();
    const alerts = scene.posts * scene.alerts;
    return { decided: decided / alerts, counted: (decided + counter.taken()) / alerts };
  } finally {
    counter.stop();
  }
}

async function receiveAll(
  detection: DetectionOnEngine,
  posts: readonly SignalsMessage[],
  batch: number,
): Promise<void> {
  for (let i = 0; i < posts.length; i += batch) await detection.receive(posts.slice(i, i + batch));
}

/** The n-th POST of a scene. */
export function postOf(
  org: OrganisationId,
  { alerts, different, apart = false }: Scene,
  post: number,
): SignalsMessage {
  const hash = digest('receipt', org, String(post));
  const receipt = [0, 8, 12, 16, 20].map((from, i) => hash.slice(from, [8, 12, 16, 20, 32][i])).join('-');
  return {
    ...{ kind: 'signals', org, integration: idOf('integration', epoch, 'bench'), source: 'alertmanager' },
    ...{ tellsState: true, receipt, receivedAt: epoch + post * 7 },
    signals: Array.from({ length: alerts }, (_, i) => alertOf((post * alerts + i) % different, apart)),
  };
}

/** An alert as Kubernetes' usual rules make them, of 400 bytes as JSON and no two alike. */
function alertOf(number: number, isApart: boolean): Signal {
  const hex = digest('alert', String(number));
  const pod = `checkout-${hex.slice(0, 6)}`;
  const part = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
  const service = isApart ? pod : 'checkout';
  return {
    fingerprint: hex,
    ...{
      state: 'firing',
      at: epoch - MINUTE,
      title: 'KubePodCrashLooping',
      severity: 'P1_CRITICAL',
      service,
    },
    description: `Pod prod/${pod} restarts ${(part(30) / 10).toFixed(1)} times in 10 minutes.`,
    labels: {
      ...{ alertname: 'KubePodCrashLooping', service, namespace: 'prod', pod, severity: 'critical' },
      ...{ instance: `10.${part(10)}.${part(12)}.${part(14)}:8080`, cluster: 'eu-1', container: 'app' },
    },
    ...{ links: [], flags: [] },
  };
}
