import { useState } from 'react';
import { may, type Role } from '../../shared/kernel/index.ts';
import type { Api } from '../api/use-api.ts';
import { useNow } from '../time/use-now.ts';
import { Freshness } from '../ui/freshness.tsx';
import { Refused } from '../ui/refused.tsx';
import { useTitle } from '../ui/use-title.ts';
import { Waiting } from '../ui/waiting.tsx';
import type { Scope } from './checked.ts';
import { DraftEditor } from './draft-editor.tsx';
import { PartLinks } from './part-links.tsx';
import { useStanding } from './use-rules.ts';

export interface DraftPageProps {
  readonly api: Api;
  readonly role: Role;
  /** The organisation whose draft it is. */
  readonly organisation: string;
  /** The rule that the address leads to. */
  readonly rule?: string | undefined;
}

/** Where rules are written, tried on what was received, watched as a shadow, and put in force. */
export function DraftPage({ api, role, organisation, rule }: DraftPageProps) {
  useTitle('Draft of the rules');
  const { value, at, problem, refresh } = useStanding(api);
  const [scope, setScope] = useState<Scope>('rules');
  const now = useNow();
  return (
    <div className="stack rules">
      <div className="head">
        <h1>Draft</h1>
        <Freshness at={at} now={now} problem={problem} onAgain={refresh} />
      </div>
      <PartLinks here="draft" />
      {!may(role, 'configuration.write') && <Refused role={role} what="draft rules" least="manager" />}
      {may(role, 'configuration.write') && (
        <>
          {value === undefined && problem === undefined && <Waiting what="what is in force" />}
          {value !== undefined && (
            <DraftEditor
              key={scope}
              {...{ api, organisation, scope, rule, now }}
              inForce={value}
              onScope={setScope}
              onPut={refresh}
            />
          )}
        </>
      )}
    </div>
  );
}
