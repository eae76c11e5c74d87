import { Button } from '@mantine/core';
import { lasting, utcText } from '../../shared/kernel/time.ts';
import { type Phase, phaseWords } from '../../shared/timeline/phases.ts';
import type { DrawnTimeline } from '../../shared/timeline/view.ts';
import { clockText } from './words.ts';

export interface FindingsProps {
  readonly timeline: DrawnTimeline;
  /** Shows the events that these facts of the log are. */
  onFacts(seqs: readonly number[]): void;
}

/** What follows from a timeline: its phases with what shows them, its silences, and what cost most of the time. */
export function Findings({ timeline, onFacts }: FindingsProps) {
  const { phases, gaps, bottlenecks } = timeline;
  return (
    <div className="findings">
      <section aria-label="Phases">
        <h2>Phases</h2>
        <ul className="phases">
          {phases.map((phase) => (
            <PhaseRow key={phase.name} phase={phase} now={timeline.at} onFacts={onFacts} />
          ))}
        </ul>
      </section>
      <section aria-label="Gaps">
        <h2>Silence while it was severe</h2>
        {gaps.length === 0 && <p className="soft">None: something was always on record.</p>}
        <ul>
          {gaps.map(({ from, to, question }) => (
            <li key={from}>
              <span className="soft">
                {clockText(from)} to {clockText(to)} UTC
              </span>{' '}
              {question}
            </li>
          ))}
        </ul>
      </section>
      <section aria-label="Bottlenecks">
        <h2>What cost most of the time</h2>
        {bottlenecks.length === 0 && <p className="soft">No phase took most of it.</p>}
        <ul>
          {bottlenecks.map(({ phase, text, suggestion, facts }) => (
            <li key={phase}>
              <strong>{text}</strong> {suggestion}{' '}
              <Button
                variant="subtle"
                aria-label={`Evidence that ${phase} was slow`}
                onClick={() => onFacts(facts)}
              >
                Evidence
              </Button>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

interface PhaseRowProps extends Pick<FindingsProps, 'onFacts'> {
  readonly phase: Phase;
  readonly now: number;
}

function PhaseRow({ phase, now, onFacts }: PhaseRowProps) {
  const evidence = [phase.begin?.seq, phase.end?.seq].filter((seq) => seq !== undefined);
  return (
    <li className={`phase ${phase.name}`}>
      <span className="swatch" aria-hidden="true" />
      <span>
        <strong>{phase.name}</strong> <span className="soft">{phaseWords[phase.name]}</span>
      </span>
      <span className="took">{tookText(phase, now)}</span>
      <span className="soft">
        {phase.state === 'done' && `${utcText(phase.from)} to ${clockText(phase.to)} UTC. `}
        {phase.end?.why}
      </span>
      {evidence.length > 0 && (
        <Button variant="subtle" aria-label={`Evidence for ${phase.name}`} onClick={() => onFacts(evidence)}>
          Evidence
        </Button>
      )}
    </li>
  );
}

function tookText(phase: Phase, now: number): string {
  if (phase.state === 'done') return lasting(phase.took);
  return phase.state === 'ongoing' ? `${lasting(now - phase.from)} so far` : phase.state;
}
