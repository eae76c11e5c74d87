import { useState } from 'react';
import type * as z from 'zod';
import type { explanationView } from '../../../shared/alerts/explanation.ts';
import type { Api } from '../../api/use-api.ts';
import { useTask } from '../../api/use-task.ts';
import { Moment } from '../../time/moment.tsx';
import { ClockNote, Timed } from '../../time/timed.tsx';
import { FailedLoad } from '../../ui/failed-load.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { partWords, sectionsOf } from './why-words.ts';

type Explanation = z.output<typeof explanationView>;

export interface WhyProps {
  readonly api: Api;
  /** Where the explanation is. */
  readonly path: string;
  /** What the reader asks. */
  readonly question: string;
  readonly now: number;
}

/** Why something is as it is, in words; asked when it is opened, and anew each time. */
export function Why({ api, path, question, now }: WhyProps) {
  const [told, setTold] = useState<Explanation>();
  const { run, problem, busy } = useTask();
  const ask = () => run(async () => setTold(await api.call<Explanation>(path)));
  return (
    <details className="why" onToggle={({ currentTarget }) => currentTarget.open && ask()}>
      <summary>{question}</summary>
      {told === undefined && busy && <Waiting what="the reasons" />}
      <FailedLoad problem={problem} onAgain={ask} />
      {told !== undefined && <Told told={told} now={now} />}
    </details>
  );
}

function Told({ told, now }: { readonly told: Explanation; readonly now: number }) {
  const isRecomputed = told.steps.some(({ basis }) => basis === 'recomputed');
  return (
    <>
      <p className="why-summary">
        <Timed text={told.summary} now={now} />
      </p>
      <dl>
        {sectionsOf(told.steps).map(({ about, steps }) => (
          <div key={about}>
            <dt>{partWords[about]}</dt>
            <dd>
              {steps.map((step) => (
                <Step key={`${step.at ?? ''} ${step.text}`} step={step} now={now} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <ClockNote />
      {isRecomputed && (
        <p className="soft">
          What is marked with an asterisk<span className="unseen"> or as worked out again</span> was worked
          out again just now; all else is on record.
        </p>
      )}
    </>
  );
}

interface StepProps {
  readonly step: Explanation['steps'][number];
  readonly now: number;
}

function Step({ step: { at, text, lines = [], basis }, now }: StepProps) {
  return (
    <>
      <p>
        {at !== undefined && (
          <span className="soft">
            <Moment at={at} now={now} />{' '}
          </span>
        )}
        <Timed text={text} now={now} />
        {basis === 'recomputed' && (
          <>
            <span aria-hidden="true"> *</span>
            <span className="unseen"> (worked out again)</span>
          </>
        )}
      </p>
      {lines.length > 0 && (
        <ul>
          {[...new Set(lines)].map((line) => (
            <li key={line}>
              <Timed text={line} now={now} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
