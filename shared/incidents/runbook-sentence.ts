import { impossible } from '../kernel/index.ts';
import type { KnownFact } from './known-fact.ts';
import type { Sentence } from './sentence.ts';

type RunbookFact = Extract<KnownFact, { type: `runbook.${string}` }>;
type Step = Extract<RunbookFact, { type: 'runbook.step' }>;

/** Whether it is something that a run of a runbook tells. */
export const isOfRunbook = (fact: KnownFact): fact is RunbookFact => fact.type.startsWith('runbook.');

/** What a run of a runbook tells, in words. */
export function runbookSentence(fact: RunbookFact, who: string): Sentence {
  switch (fact.type) {
    case 'runbook.started': {
      const { title, run, reason } = fact.data;
      return {
        text: `${who} started the runbook “${title}”.`,
        run,
        ...(reason !== undefined && { quote: reason }),
      };
    }
    case 'runbook.step': {
      const { run, title, detail } = fact.data;
      return {
        text: `${title}: ${stepText(fact, who)}`,
        run,
        ...(detail !== undefined && { quote: detail }),
      };
    }
    case 'runbook.finished': {
      const { title, run, outcome, reason } = fact.data;
      return {
        text: outcomeText(title, outcome, who),
        run,
        ...(reason !== undefined && { lines: [reason] }),
      };
    }
    default:
      return impossible(fact);
  }
}

function stepText({ data: { state, stepTitle } }: Step, who: string): string {
  const step = `“${stepTitle}”`;
  switch (state) {
    case 'waits-for-person':
      return `${step} is to be done by a person.`;
    case 'waits-for-approval':
      return `${step} waits for an approval.`;
    case 'waits-for-word':
      return `nobody knows whether ${step} happened; somebody has to look.`;
    case 'approved':
      return `${who} approved ${step}.`;
    case 'refused':
      return `${who} refused ${step}.`;
    case 'again':
      return `${who} had ${step} carried out again.`;
    case 'succeeded':
      return `${step} is done.`;
    case 'failed':
      return `${step} failed.`;
    case 'skipped':
      return `${who} skipped ${step}.`;
    default:
      return `${step} is ${String(state)}.`;
  }
}

function outcomeText(title: string, outcome: 'succeeded' | 'failed' | 'cancelled', who: string): string {
  if (outcome === 'cancelled') return `${who} ended the runbook “${title}” before its end.`;
  return `The runbook “${title}” ${outcome === 'succeeded' ? 'has done all its steps' : 'failed'}.`;
}
