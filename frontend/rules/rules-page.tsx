import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { may, type Role } from '../../shared/kernel/index.ts';
import type { Api } from '../api/use-api.ts';
import { ruleDraftAddress } from '../app/addresses.ts';
import { useNow } from '../time/use-now.ts';
import { Freshness } from '../ui/freshness.tsx';
import { useTitle } from '../ui/use-title.ts';
import { Waiting } from '../ui/waiting.tsx';
import { NoteText } from './note-text.tsx';
import { PartLinks } from './part-links.tsx';
import { RuleCard } from './rule-card.tsx';
import { hasWords, otherwiseWords } from './rule-words.ts';
import { lastChange, type Standing, useStanding } from './use-rules.ts';

export interface RulesPageProps {
  readonly api: Api;
  readonly role: Role;
}

/** The rules in force in their order: what each does, and who changed it when and why. */
export function RulesPage({ api, role }: RulesPageProps) {
  useTitle('Rules');
  const { value, at, problem, refresh } = useStanding(api);
  const now = useNow();
  const mayWrite = may(role, 'configuration.write');
  return (
    <div className="stack rules">
      <div className="head">
        <h1>Rules</h1>
        {mayWrite && (
          <Button component={Link} to={ruleDraftAddress()}>
            Change the rules
          </Button>
        )}
        <Freshness at={at} now={now} problem={problem} onAgain={refresh} />
      </div>
      <PartLinks here="" />
      {value === undefined && problem === undefined && <Waiting what="rules" />}
      {value !== undefined && <InForce {...{ api, value, mayWrite, now }} />}
    </div>
  );
}

const STEP = 50;

interface InForceProps {
  readonly api: Api;
  readonly value: Standing;
  readonly mayWrite: boolean;
  readonly now: number;
}

function InForce({ api, value, mayWrite, now }: InForceProps) {
  const [text, setText] = useState('');
  const [most, setMost] = useState(STEP);
  const { rules } = value.configuration;
  const placed = rules.map((rule, place) => ({ rule, place }));
  const found = text.trim() === '' ? placed : placed.filter(({ rule }) => hasWords(rule, text.trim()));
  return (
    <>
      <Version {...{ value, now }} />
      {rules.length === 0 && (
        <div className="empty">
          <h2>No rules yet</h2>
          <p>Alerts of the same service are one incident, and all of them page the first policy.</p>
        </div>
      )}
      {rules.length > 5 && (
        <search className="filters">
          <TextInput
            type="search"
            aria-label="Words in the rules"
            placeholder="Find words"
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
          <p className="soft" role="status">
            {found.length === rules.length
              ? `${rules.length} rules`
              : `${found.length} of ${rules.length} rules`}
          </p>
        </search>
      )}
      <ol className="rule-list">
        {found.slice(0, most).map(({ rule, place }) => (
          <RuleCard
            key={rule.id}
            {...{ api, rule, place, mayWrite, now }}
            last={lastChange(value.versions, rule.id)}
          />
        ))}
        {found.length <= most && text.trim() === '' && <Otherwise />}
      </ol>
      {found.length > most && (
        <div className="more">
          <Button variant="default" onClick={() => setMost(most + STEP)}>
            Show {Math.min(STEP, found.length - most)} more
          </Button>
        </div>
      )}
    </>
  );
}

function Version({ value, now }: { readonly value: Standing; readonly now: number }) {
  const { version, versions, leftOut = [] } = value;
  const note = versions.find((one) => one.version === version);
  return (
    <>
      <p className="soft">
        They are tried in this order; the first that is on and fits an alert decides.{' '}
        {note !== undefined && (
          <>
            Version {version} by <NoteText note={note} now={now} />
          </>
        )}
      </p>
      {leftOut.length > 0 && (
        <div className="went-on">
          <p>This program does not understand all of version {version}, and leaves out:</p>
          <ul>
            {leftOut.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

function Otherwise() {
  return (
    <li className="rule">
      <div className="rule-head">
        <h2>Everything else</h2>
        <span className="soft">built in</span>
      </div>
      <ul className="rule-words">
        {otherwiseWords.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </li>
  );
}
