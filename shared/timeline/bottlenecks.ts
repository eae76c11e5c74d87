import type { LoggedFact } from '../incidents/index.ts';
import { type Duration, type Instant, lasting, MINUTE } from '../kernel/index.ts';
import type { Gap } from './gaps.ts';
import type { Phase, PhaseName } from './phases.ts';
import { type Rest, restedIn } from './rests.ts';

/** What cost most of the time, with the numbers, and what could be done about it. */
export interface Bottleneck {
  readonly phase: PhaseName;
  readonly took: Duration;
  /** Its part of the whole, from 0 to 1. */
  readonly share: number;
  readonly text: string;
  readonly suggestion: string;
  /** The numbers of the facts that it rests on. */
  readonly facts: readonly number[];
}

/** A phase costs something when it took this much of the time, and at least so long. */
const [SHARE, LEAST]: [number, Duration] = [0.4, 5 * MINUTE];

/** The phases that took most of an incident's time; while it lasts, up to now. */
export function bottlenecksOf(
  facts: readonly LoggedFact[],
  phases: readonly Phase[],
  gaps: readonly Gap[],
  now: Instant,
  rests: readonly Rest[] = [],
): readonly Bottleneck[] {
  const parts = phases.flatMap((phase) => {
    if (phase.name === 'impact' || (phase.state !== 'done' && phase.state !== 'ongoing')) return [];
    const to = phase.state === 'done' ? phase.to : Math.max(now, phase.from);
    return [{ phase, to, took: to - phase.from - restedIn(rests, phase.from, to) }];
  });
  const whole = parts.reduce((sum, { took }) => sum + took, 0);
  return parts
    .filter(({ took }) => took >= LEAST && took / whole >= SHARE)
    .sort((a, b) => b.took - a.took)
    .map(({ phase, to, took }): Bottleneck => {
      const share = took / whole;
      const span = { from: phase.from, to };
      const { suggestion, seqs } = advice(phase.name, facts, gaps, span);
      const evidence = [phase.begin?.seq, phase.end?.seq, ...seqs].filter((seq) => seq !== undefined);
      return {
        ...{ phase: phase.name, took, share, suggestion, facts: [...new Set(evidence)] },
        text: `${name(phase.name)} took ${lasting(took)} of ${lasting(whole)}, ${Math.round(share * 100)} %.`,
      };
    });
}

const name = (phase: PhaseName): string => `${phase.charAt(0).toUpperCase()}${phase.slice(1)}`;

interface Advice {
  readonly suggestion: string;
  readonly seqs: readonly number[];
}

interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

function advice(phase: PhaseName, facts: readonly LoggedFact[], gaps: readonly Gap[], span: Span): Advice {
  switch (phase) {
    case 'detection':
      return {
        suggestion:
          'The harm had begun before anything was opened: alert sooner, or lower the threshold of the rule.',
        seqs: [],
      };
    case 'acknowledgement':
      return answering(facts.filter(({ occurredAt: at }) => at >= span.from && at <= span.to));
    case 'mobilisation':
      return {
        suggestion: 'Whoever acknowledges could take command at once, and call a second person in.',
        seqs: [],
      };
    case 'mitigation':
      return mitigating(gaps.filter(({ from, to }) => from < span.to && to > span.from));
    default:
      return {
        suggestion:
          'The harm had ended: resolve sooner, or let the incident end when its alerts have cleared.',
        seqs: [],
      };
  }
}

function answering(facts: readonly LoggedFact[]): Advice {
  const steps = facts.filter((fact) => fact.type === 'incident.escalated');
  const refused = facts.filter(({ type }) => type === 'page.refused');
  const seqs = [...steps, ...refused].map(({ seq }) => seq);
  if (refused.length > 0) {
    const pages = refused.length === 1 ? 'One page' : `${refused.length} pages`;
    return { suggestion: `${pages} could not be sent: check how these people can be reached.`, seqs };
  }
  if (steps.some(({ data }) => (data.skipped?.length ?? 0) > 0))
    return { suggestion: 'A level of the policy reached nobody: put somebody there.', seqs };
  return steps.length > 1
    ? {
        suggestion: `${steps.length} steps paged before somebody answered: shorten the delay, or page two people at once.`,
        seqs,
      }
    : { suggestion: 'One page went out: tell those on call by a second channel, or sooner again.', seqs };
}

function mitigating(gaps: readonly Gap[]): Advice {
  const longest = gaps.toSorted((a, b) => b.to - b.from - (a.to - a.from))[0];
  return {
    suggestion: longest
      ? `The longest silence in it was ${lasting(longest.to - longest.from)}: what was tried then belongs into a runbook.`
      : 'A runbook for alerts like these, or an automatic way back, would shorten it.',
    seqs: [],
  };
}
