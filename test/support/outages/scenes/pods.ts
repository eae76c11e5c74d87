import { digest } from '../../../../shared/kernel/index.ts';
import type { Chance, Fires } from '../scene.ts';

/** The name of the n-th pod of a service. */
export const podOf = (service: string, number: number): string =>
  `${service}-${digest(service).slice(0, 8)}-${digest(service, String(number)).slice(0, 5)}`;

/** The same alert of several pods of a service, spread over some seconds. */
export function ofPods(
  chance: Chance,
  pods: number,
  { from, within, ...alert }: Omit<Fires, 'at' | 'of'> & { readonly from: number; readonly within: number },
): readonly Fires[] {
  return Array.from({ length: pods }, (_, i): Fires => {
    const pod = podOf(alert.service, i);
    return {
      ...alert,
      ...{ at: from + chance.between(0, within), of: pod },
      title: `${alert.title ?? alert.name} on ${pod}`,
      labels: { pod, namespace: 'prod', cluster: 'eu-1', ...alert.labels },
    };
  });
}
