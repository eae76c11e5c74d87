import { parseExactly } from '../../../shared/alerts/exact-json.ts';
import { limits } from '../../../shared/alerts/limits.ts';
import { nestedDeeperThan } from '../../../shared/alerts/nesting.ts';
import type { Signal } from '../../../shared/alerts/signal.ts';
import { generic } from '../../../shared/alerts/sources/generic/index.ts';
import type { Mapping } from '../../../shared/alerts/sources/generic/mapping.ts';
import type { Instant, IntegrationId } from '../../../shared/kernel/index.ts';

/** What would come of a body: its alerts, or why there is none. */
export type Outcome = { readonly alerts: readonly Signal[] } | { readonly fault: string };

/** A body as it is read where it arrives; forms are not. */
export function parsed(text: string): { readonly body: unknown } | { readonly fault: string } {
  if (nestedDeeperThan(text, limits.depth)) {
    return { fault: `It is nested deeper than ${limits.depth} levels, and would be refused.` };
  }
  try {
    return { body: parseExactly(text) };
  } catch (error) {
    return { fault: `This is no JSON: ${error instanceof Error ? error.message : error}` };
  }
}

/** The alerts of a body, made by the very program that reads what arrives. */
export function outcomeOf(
  body: unknown,
  mapping: Mapping | undefined,
  { integration, now }: { readonly integration: IntegrationId; readonly now: Instant },
): Outcome {
  const said = generic.translate(body, {
    receipt: '',
    receivedAt: now,
    integration,
    mapping,
  });
  if ('refused' in said) return { fault: said.refused.errors.join(' ') };
  return said.signals.length === 0 ? { fault: 'Nothing in it is an alert.' } : { alerts: said.signals };
}
