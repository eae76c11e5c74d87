import type { Asked } from './asked.ts';
import { type CompiledRule, filled } from './compiled-rule.ts';

/** What rules before the one that decides have set, beside what they set of the alert itself. */
export interface Carried {
  readonly groupingKey?: string;
  readonly runbook?: string;
  readonly team?: string;
  readonly escalateAfter?: number;
  readonly urgency?: 'low' | 'normal';
  readonly minDuration?: number;
  /** The name of the rule that sets this. */
  readonly lastingBy?: string;
}

/** Adds what one rule sets, first of the alert, then beside it. What it does not set stays: of two rules the later one wins. */
export function withSet(carried: Carried, { rule, sets }: CompiledRule, asked: Asked): Carried {
  const { conditions, actions } = rule;
  const [service, title] = [filled(sets.service, asked), filled(sets.title, asked)];
  const groupingKey = filled(sets.groupingKey, asked)?.trim() || undefined;
  const runbook = filled(sets.runbook, asked)?.trim() || actions.runbook;
  asked.set({ severity: actions.set?.severity ?? conditions.severity, service, title });
  const team = actions.set?.team ?? actions.assignToTeam;
  return {
    ...carried,
    ...(groupingKey !== undefined && { groupingKey }),
    ...(runbook !== undefined && { runbook }),
    ...(team !== undefined && { team }),
    ...(actions.escalateAfter !== undefined && { escalateAfter: actions.escalateAfter }),
    ...(actions.urgency !== undefined && { urgency: actions.urgency }),
    ...(conditions.minDuration !== undefined && {
      ...{ minDuration: conditions.minDuration, lastingBy: rule.name },
    }),
  };
}
