import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { type IncidentId, may, type Role } from '../../shared/kernel/index.ts';
import type { Api } from '../api/use-api.ts';
import { incidentAddress, timelineAddress } from '../app/addresses.ts';
import { FailedLoad } from '../ui/failed-load.tsx';
import { Notice } from '../ui/notice.tsx';
import { useTitle } from '../ui/use-title.ts';
import { Waiting } from '../ui/waiting.tsx';
import { Causes } from './causes.tsx';
import { ModelDraft } from './model-draft.tsx';
import { SaveAs } from './save-as.tsx';
import { SectionCard } from './section-card.tsx';
import { Standing } from './standing.tsx';
import { type Postmortem, usePostmortem } from './use-postmortem.ts';

export interface PostmortemPageProps {
  readonly api: Api;
  readonly id: IncidentId;
  readonly role: Role;
}

/** What happened, why, and what is done about it: generated from what is on record, and written on by people. */
export function PostmortemPage({ api, id, role }: PostmortemPageProps) {
  const { value, problem, again, task, generate, draft, change } = usePostmortem(api, id);
  const there = value === undefined || value === 'none' ? undefined : value;
  const title = there === undefined ? 'Post-mortem' : `Post-mortem of ${there.name}`;
  useTitle(title);
  const mayWrite = may(role, 'postmortem.write');
  return (
    <>
      <p className="back">
        <Link to={incidentAddress(id)}>Back to the incident</Link> ·{' '}
        <Link to={timelineAddress(id)}>Timeline</Link>
      </p>
      <article className="incident postmortem">
        <h1>{title}</h1>
        {value === undefined && problem === undefined && <Waiting what="the post-mortem" />}
        <FailedLoad problem={problem} onAgain={again} />
        {value === 'none' && <None mayWrite={mayWrite} busy={task.busy} onGenerate={generate} />}
        {there !== undefined && (
          <>
            <Standing
              {...{ postmortem: there, mayWrite, busy: task.busy }}
              onGenerate={generate}
              onChange={change}
            />
            <SaveAs api={api} postmortem={there} />
            <ModelDraft {...{ postmortem: there, mayWrite, busy: task.busy }} onDraft={() => draft(there)} />
          </>
        )}
        {task.problem !== undefined && <Notice>{task.problem.message}</Notice>}
        {there !== undefined && (
          <Told postmortem={there} mayWrite={mayWrite} busy={task.busy} onChange={change} />
        )}
      </article>
    </>
  );
}

interface NoneProps {
  readonly mayWrite: boolean;
  readonly busy: boolean;
  onGenerate(): void;
}

function None({ mayWrite, busy, onGenerate }: NoneProps) {
  if (!mayWrite) return <p>There is none yet. Your role may read post-mortems, not write them.</p>;
  return (
    <>
      <p>
        There is none yet. It is generated from what is on record; every sentence names what shows it, and you
        can write in it afterwards.
      </p>
      <div className="buttons">
        <Button aria-disabled={busy} onClick={onGenerate}>
          {busy ? 'One moment …' : 'Generate the post-mortem'}
        </Button>
      </div>
    </>
  );
}

interface ToldProps {
  readonly postmortem: Postmortem;
  readonly mayWrite: boolean;
  readonly busy: boolean;
  readonly onChange: ReturnType<typeof usePostmortem>['change'];
}

function Told({ postmortem, mayWrite, busy, onChange }: ToldProps) {
  const isOpen = mayWrite && postmortem.status !== 'done';
  return (
    <>
      {postmortem.sections.map((section) => (
        <SectionCard
          key={section.name}
          {...{ postmortem, section, busy, mayWrite: isOpen }}
          onWrite={(text, after) => onChange(postmortem, { sections: { [section.name]: text } }, after)}
        />
      ))}
      <Causes {...postmortem.rootCause} sources={postmortem.sources} />
      <section aria-label="Sources">
        <h2>Sources</h2>
        <ol className="sources">
          {postmortem.sources.map(({ id, at, seq, text }, i) => (
            <li key={id} id={`source-${i + 1}`}>
              <time dateTime={at}>{at.slice(0, 19).replace('T', ' ')}</time> {text}
              {seq !== undefined && <span className="soft"> (number {seq} of the log)</span>}
            </li>
          ))}
        </ol>
      </section>
    </>
  );
}
