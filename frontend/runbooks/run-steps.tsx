import { Button } from '@mantine/core';
import { actorText } from '../../shared/incidents/words.ts';
import type { Problem } from '../api/problem.ts';
import { Moment } from '../time/moment.tsx';
import { Notice } from '../ui/notice.tsx';
import type { Run, RunStep, StepAnswer } from './use-runbooks.ts';
import { answerText, kindWords, stepText } from './words.ts';

export interface RunStepsProps {
  readonly run: Run;
  readonly now: number;
  readonly mayAnswer: boolean;
  readonly busy: boolean;
  readonly problem?: Problem | undefined;
  /** Only the step that the run is at. @default false */
  readonly onlyCurrent?: boolean;
  onAnswer(step: string, answer: StepAnswer): void;
}

const over: ReadonlySet<RunStep['status']> = new Set(['succeeded', 'failed', 'skipped']);

/** The step that a run is at. */
export const currentOf = ({ steps, finishedAt }: Run): RunStep | undefined =>
  finishedAt === undefined ? steps.find(({ status }) => !over.has(status)) : undefined;

/** The steps of a run, each with how it stands; at the one that waits for somebody are the buttons. */
export function RunSteps({ run, onlyCurrent = false, ...rest }: RunStepsProps) {
  const current = currentOf(run);
  const shown = onlyCurrent ? run.steps.filter((step) => step === current) : run.steps;
  return (
    <ol className="run-steps">
      {shown.map((step) => (
        <Step
          key={step.id}
          step={step}
          number={run.steps.indexOf(step) + 1}
          isCurrent={step === current}
          {...rest}
        />
      ))}
    </ol>
  );
}

interface StepProps extends Omit<RunStepsProps, 'run' | 'onlyCurrent'> {
  readonly step: RunStep;
  readonly number: number;
  readonly isCurrent: boolean;
}

function Step({ step, number, isCurrent, now, mayAnswer, busy, problem, onAnswer }: StepProps) {
  const { id, title, kind, description, output, reason, answers, needsAnother, until, waitsFor } = step;
  return (
    <li className={`run-step${isCurrent ? ' at-hand' : ''}`} aria-current={isCurrent ? 'step' : undefined}>
      <p className="step-head">
        <span className={`step-state is-${step.status}`}>{stepText(step)}</span>
        <strong>
          {number}. {title}
        </strong>
        <span className="soft">{kindWords[kind]}</span>
      </p>
      {isCurrent && description !== undefined && <p className="said">{description}</p>}
      {isCurrent && until !== undefined && (
        <p className="soft">
          {waitsFor === 'approval' ? 'Expires ' : 'Goes on '}
          <Moment at={until} now={now} />
        </p>
      )}
      {isCurrent && <Sends step={step} />}
      {reason !== undefined && <p className={step.status === 'failed' ? 'alarm said' : 'said'}>{reason}</p>}
      {output !== undefined && output !== '' && <Output text={output} isOpen={isCurrent} />}
      <By step={step} />
      {isCurrent && needsAnother === true && (
        <p>
          <strong>Somebody else has to approve this</strong>, because you started the run.
        </p>
      )}
      {isCurrent && mayAnswer && answers.length > 0 && (
        <div className="actions">
          {answers.map((answer, at) => (
            <Button
              key={answer}
              variant={at === 0 && needsAnother !== true ? 'filled' : 'default'}
              aria-disabled={busy}
              onClick={() => !busy && onAnswer(id, answer)}
            >
              {answerText(answer, waitsFor)}
            </Button>
          ))}
        </div>
      )}
      {isCurrent && problem !== undefined && <Notice>{problem.message}</Notice>}
    </li>
  );
}

/** What the step would send, exactly: whoever approves sees it. */
function Sends({ step: { sends, refused, command } }: Pick<StepProps, 'step'>) {
  if (refused !== undefined) return <p className="alarm said">It would fail: {refused}</p>;
  const lines = sends ?? (command === undefined ? [] : [command]);
  return lines.map((line) => (
    <pre key={line} className="sent">
      {line}
    </pre>
  ));
}

/** What came out; open only where it is what one looks for. */
function Output({ text, isOpen }: { readonly text: string; readonly isOpen: boolean }) {
  return (
    <details open={isOpen || undefined}>
      <summary>Output</summary>
      <pre className="sent">{text}</pre>
    </details>
  );
}

function By({ step: { by, approvedBy } }: Pick<StepProps, 'step'>) {
  const said = [
    approvedBy === undefined ? [] : [`Approved by ${actorText(approvedBy)}`],
    by === undefined || by.id === approvedBy?.id ? [] : [`By ${actorText(by)}`],
  ].flat();
  return said.length === 0 ? null : <p className="soft">{said.join('. ')}</p>;
}
