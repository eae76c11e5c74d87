import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { Link } from 'wouter';
import type { Api } from '../api/use-api.ts';
import { rulesAddress } from '../app/addresses.ts';
import { BegunLine } from './begun-line.tsx';
import { checkedDraft, lineOfRule, type Scope } from './checked.ts';
import { CodeField, type CodeFieldHandle } from './code-field.tsx';
import { FaultList } from './fault-list.tsx';
import { partAddress } from './parts.ts';
import { PutButtons, type Putting } from './put-buttons.tsx';
import { Trying } from './trying.tsx';
import { useRuleDraft } from './use-rule-draft.ts';
import { type InForce, pagingNames } from './use-rules.ts';

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
  const { text } = draft;
  const [tried, setTried] = useState<string>();
  const { checked, value } = useChecked(text, scope, inForce);
  return (
    <>
      <BegunLine
        {...{ draft, scope, onScope }}
        inForce={inForce.version}
        isReadable={checked.value !== undefined}
      />
      <Text {...{ scope, text, rule, checked }} onChange={draft.write} />
      <Trying
        {...{ api, scope, text, value, now }}
        names={pagingNames(inForce.configuration)}
        onTried={setTried}
      />
      <PuttingToWork
        {...{ api, scope, value, draft, onPut }}
        isTried={tried === text}
        hasShadow={inForce.configuration.shadow !== undefined}
      />
    </>
  );
}

/** What is wrong with a text, and what it says as soon as nothing is. A long text is read when typing pauses. */
function useChecked(written: string, scope: Scope, { configuration }: InForce) {
  const text = useDeferredValue(written);
  const checked = useMemo(() => checkedDraft(text, scope, configuration), [text, scope, configuration]);
  const isSettled = text === written && checked.faults.length === 0;
  return { checked, value: isSettled ? checked.value : undefined };
}

interface TextProps extends Pick<DraftEditorProps, 'scope' | 'rule'> {
  readonly text: string;
  readonly checked: ReturnType<typeof checkedDraft>;
  onChange(text: string): void;
}

function Text({ scope, text, rule, checked, onChange }: TextProps) {
  const field = useRef<CodeFieldHandle>(null);
  const wanted = useRef(rule);
  // To the rule that the address names, once.
  useEffect(() => {
    const line = wanted.current === undefined ? undefined : lineOfRule(text, wanted.current);
    wanted.current = undefined;
    if (line !== undefined) field.current?.goTo(line);
  }, [text]);
  return (
    <div>
      <CodeField
        ref={field}
        label={scope === 'rules' ? 'The rules, in their order' : 'The whole configuration'}
        description="YAML or JSON. What is written is kept by this tab until it is in force."
        text={text}
        faults={checked.faults}
        onChange={onChange}
      />
      <FaultList checked={checked} onGo={(line) => field.current?.goTo(line)} />
    </div>
  );
}

interface PuttingToWorkProps extends Pick<DraftEditorProps, 'api' | 'scope' | 'onPut'> {
  readonly value: unknown;
  readonly draft: ReturnType<typeof useRuleDraft>;
  readonly isTried: boolean;
  readonly hasShadow: boolean;
}

function PuttingToWork({ draft, onPut, ...rest }: PuttingToWorkProps) {
  const [done, setDone] = useState<{ readonly what: Putting; readonly version: number }>();
  const onDone = (what: Putting, version: number) => {
    setDone({ what, version });
    if (what === 'force') draft.forget();
    else draft.giveReason('');
    onPut();
  };
  return (
    <section className="card" aria-labelledby="put">
      <h2 id="put">Put it to work</h2>
      <PutButtons
        {...rest}
        from={draft.from}
        reason={draft.reason}
        onReason={draft.giveReason}
        onDone={onDone}
      />
      <p role="status">{done !== undefined && <Done {...done} />}</p>
    </section>
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
