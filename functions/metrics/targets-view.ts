import type * as z from 'zod';
import { toText } from '../../shared/kernel/index.ts';
import type { metricsApi } from '../../shared/metrics/api.ts';
import type { StoredTargets } from '../aws/metrics-targets.ts';

type Api = typeof metricsApi;

/** Targets as the API shows them. */
export function viewTargets({
  version,
  versions: [latest],
  targets,
}: StoredTargets): z.input<Api['set-targets']['answer']> {
  return {
    version,
    ...(latest && { updatedAt: toText(latest.setAt), updatedBy: latest.setBy.id }),
    targets,
  };
}

/** How many versions an answer has. */
const MOST = 100;

/** Targets with those before them. */
export function viewTargetHistory(stored: StoredTargets): z.input<Api['get-targets']['answer']> {
  const history = stored.versions.slice(0, MOST).map(({ version, setAt, setBy, targets }) => ({
    ...{ version, setAt: toText(setAt), setBy, targets },
  }));
  return { ...viewTargets(stored), history };
}
