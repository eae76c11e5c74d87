import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { DryRun } from './use-start.ts';
import { kindWords } from './words.ts';

export interface DryRunViewProps {
  readonly dry: DryRun;
  onPutAway(): void;
}

/** What every step would send; nothing was sent. */
export function DryRunView({ dry, onPutAway }: DryRunViewProps) {
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  return (
    <section className="card dry-run" aria-labelledby="dry">
      <h2 id="dry" tabIndex={-1} ref={head}>
        Dry run: nothing was sent
      </h2>
      <ol className="run-steps">
        {dry.steps.map((step, at) => (
          <li key={step.id} className="run-step">
            <p className="step-head">
              <strong>
                {at + 1}. {step.title}
              </strong>
              <span className="soft">
                {kindWords[step.kind]}
                {step.needsApproval ? ', asks for an approval first' : ''}
              </span>
            </p>
            {step.refused !== undefined && <p className="alarm said">It would fail: {step.refused}</p>}
            {step.sends?.map((line) => (
              <pre key={line} className="sent">
                {line}
              </pre>
            ))}
            {step.needs !== undefined && (
              <>
                <pre className="sent">{step.command}</pre>
                <p className="soft">Known once the steps before it are done: {step.needs.join(', ')}</p>
              </>
            )}
          </li>
        ))}
      </ol>
      <div>
        <Button variant="default" onClick={onPutAway}>
          Put away
        </Button>
      </div>
    </section>
  );
}
