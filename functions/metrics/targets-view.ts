import type * as z from 'zod';
import { toText } from '../../shared/kernel/index.ts';
import type { metricsApi } from '../../shared/metrics/api.ts';
import type { StoredTargets } from '../aws/metrics-targets.ts';

/** Targets as the API shows them. */
export function viewTargets({
  version,
  updatedAt,
  updatedBy,
  targets,
}: StoredTargets): z.input<(typeof metricsApi)['get-targets']['answer']> {
  return {
    version,
    ...(updatedAt !== undefined && { updatedAt: toText(updatedAt) }),
    ...(updatedBy !== undefined && { updatedBy }),
    targets,
  };
}
