import { Button, NativeSelect } from '@mantine/core';
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { Link } from 'wouter';
import type { Api } from '../api/use-api.ts';
import { rulesAddress } from '../app/addresses.ts';
import { Notice } from '../ui/notice.tsx';
import { Question } from '../ui/question.tsx';
import { formatOf, hasComment, reformatted } from './begun.ts';
import { checkedDraft, lineOfRule, type Scope } from './checked.ts';
import { CodeField, type CodeFieldHandle } from './code-field.tsx';
import { FaultList } from './fault-list.tsx';
import { partAddress } from './parts.ts';
import { PutButtons, type Putting } from './put-buttons.tsx';
import { TrialForm } from './trial-form.tsx';
import { TrialView } from './trial-view.tsx';
import { useRuleDraft } from './use-rule-draft.ts';
import type { InForce } from './use-rules.ts';
import { useTrial } from './use-trial.ts';

export interface DraftEditorProps {
  readonly api: Api;
  readonly organisation: string;
  readonly scope: Scope;
  readonly rule: string | undefined;
  readonly inForce: InForce;
  readonly now: number;
  onScope(scope: Scope): void;
  /** Another version is in force. */
  onPut(): void;
}

/** The text of a draft with what is wrong in it, what it would have done, and the ways to put it to work. */
export function DraftEditor({
  api,
  organisation,
  scope,
  rule,
  inForce,
  now,
  onScope,
  onPut,
}: DraftEditorProps) {
  const draft = useRuleDraft(organisation, scope, inForce);
  const field = useRef<CodeFieldHandle>(null);
  const trial = useTrial(api, scope);
  const [done, setDone] = useState<{ readonly what: Putting; readonly version: number }>();
  const text = useDeferredValue(draft.text);
  const checked = useMemo(
    () => checkedDraft(text, scope, inForce.configuration),
    [text, scope, inForce.configuration],
  );
  useRuleAt(field, draft.text, rule);
  const isSettled = text === draft.text && checked.faults.length === 0;
  const isTried = trial.tried?.text === draft.text;
  const onDone = (what: Putting, version: number) => {
    setDone({ what, version });
    if (what === 'force') draft.forget();
    else draft.giveReason('');
    onPut();
  };
  return (
    <>
      <Begun {...{ draft, scope, inForce }} onScope={onScope} />
      <div>
        <CodeField
          ref={field}
          label={scope === 'rules' ? 'The rules, in their order' : 'The whole configuration'}
          description="YAML or JSON. What is written is kept by this tab until it is in force."
          text={draft.text}
          faults={checked.faults}
          onChange={draft.write}
        />
        <FaultList checked={checked} onGo={(line) => field.current?.goTo(line)} />
      </div>
      <section className="card" aria-labelledby="try">
        <h2 id="try">What would it have done?</h2>
        <TrialForm
          busy={trial.busy}
          hindered={isSettled ? undefined : 'It is tried as soon as nothing is wrong with it.'}
          onTry={(played) => trial.simulate(draft.text, checked.value, played)}
        />
        {trial.problem !== undefined && <Notice>{trial.problem.message} What you wrote is kept.</Notice>}
        {trial.tried !== undefined && (
          <>
            {!isTried && (
              <p className="went-on">The text was changed since; this is about what it said before.</p>
            )}
            <TrialView trial={trial.tried.trial} now={now} />
          </>
        )}
      </section>
      <section className="card" aria-labelledby="put">
        <h2 id="put">Put it to work</h2>
        <PutButtons
          {...{ api, scope, isTried, onDone }}
          value={isSettled ? checked.value : undefined}
          from={draft.from}
          hasShadow={inForce.configuration.shadow !== undefined}
          reason={draft.reason}
          onReason={draft.giveReason}
        />
        <p role="status">{done !== undefined && <Done {...done} />}</p>
      </section>
    </>
  );
}

function Done({ what, version }: { readonly what: Putting; readonly version: number }) {
  if (what === 'force')
    return (
      <>
        Version {version} is in force: <Link to={rulesAddress}>the rules</Link>,{' '}
        <Link to={partAddress('versions')}>its versions</Link>.
      </>
    );
  return (
    <>
      They are watched from now on (version {version}):{' '}
      <Link to={partAddress('shadow')}>what they would do</Link>.
    </>
  );
}

interface BegunProps extends Pick<DraftEditorProps, 'scope' | 'inForce' | 'onScope'> {
  readonly draft: ReturnType<typeof useRuleDraft>;
}

const scopeChoices = [
  { value: 'rules', label: 'The rules' },
  { value: 'configuration', label: 'The whole configuration' },
];

/** What the draft is of, what it was begun from, and ways to begin anew or to write it in the other format. */
function Begun({ draft, scope, inForce, onScope }: BegunProps) {
  const [asks, setAsks] = useState(false);
  const { text, from, isWritten, write, forget } = draft;
  const other = formatOf(text) === 'YAML' ? 'JSON' : 'YAML';
  const rewrite = () => {
    const written = reformatted(text);
    if (written !== undefined) write(written);
  };
  return (
    <div className="line-form">
      <NativeSelect
        className="choose"
        label="Draft of"
        data={scopeChoices}
        value={scope}
        onChange={({ target }) => onScope(target.value === 'rules' ? 'rules' : 'configuration')}
      />
      <Button variant="default" aria-disabled={reformatted(text) === undefined} onClick={rewrite}>
        {hasComment(text) ? `As ${other}, without comments` : `As ${other}`}
      </Button>
      {isWritten && (
        <Button variant="default" onClick={() => setAsks(true)}>
          Begin anew
        </Button>
      )}
      <p className={from === inForce.version ? 'soft whole' : 'went-on whole'}>
        {from === inForce.version
          ? `Begun from version ${from}, which is in force.`
          : `Begun from version ${from}; version ${inForce.version} is in force by now.`}
      </p>
      {asks && (
        <Question
          verb="Discard"
          name="the draft"
          consequence={`What was written is lost, and the draft begins with version ${inForce.version}.`}
          busy={false}
          onYes={() => {
            forget();
            setAsks(false);
          }}
          onClose={() => setAsks(false)}
        />
      )}
    </div>
  );
}

/** Goes to a rule once, when the page is come to. */
function useRuleAt(
  field: { readonly current: CodeFieldHandle | null },
  text: string,
  rule: string | undefined,
): void {
  const wanted = useRef(rule);
  useEffect(() => {
    if (wanted.current === undefined) return;
    const line = lineOfRule(text, wanted.current);
    wanted.current = undefined;
    if (line !== undefined) field.current?.goTo(line);
  });
}
