import { Button } from '@mantine/core';
import { utcMinute } from '../time/utc.ts';
import { StatusSign } from './status-sign.tsx';
import type { Postmortem, usePostmortem } from './use-postmortem.ts';

export interface StandingProps {
  readonly postmortem: Postmortem;
  readonly mayWrite: boolean;
  readonly busy: boolean;
  onGenerate(): void;
  readonly onChange: ReturnType<typeof usePostmortem>['change'];
}

/** How far it is, and what moves it on. */
export function Standing({ postmortem, mayWrite, busy, onGenerate, onChange }: StandingProps) {
  const { status, title, template, upTo, generatedAt } = postmortem;
  const move = (to: Postmortem['status'], word: string, variant: 'filled' | 'default' = 'default') => (
    <Button variant={variant} aria-disabled={busy} onClick={() => onChange(postmortem, { status: to })}>
      {word}
    </Button>
  );
  return (
    <>
      <p className="soft">{title}</p>
      <p className="signs">
        <StatusSign status={status} />
        <span className="soft">
          Generated at {utcMinute(generatedAt)} UTC from the facts up to number {upTo}, by the template “
          {template.id}”, version {template.version}.
        </span>
      </p>
      {mayWrite && (
        <div className="actions">
          {status === 'draft' && move('review', 'Ask for review', 'filled')}
          {status === 'review' && move('done', 'Mark as done', 'filled')}
          {status !== 'draft' && move('draft', 'Back to draft')}
          {status !== 'done' && (
            <Button variant="default" aria-disabled={busy} onClick={onGenerate}>
              Generate anew
            </Button>
          )}
          <p role="status">{busy && 'One moment …'}</p>
        </div>
      )}
    </>
  );
}
