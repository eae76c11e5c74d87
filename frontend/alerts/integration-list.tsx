import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Api } from '../api/use-api.ts';
import { Day } from '../time/day.tsx';
import { activityOf, warningsOf } from './activity-text.ts';
import { IntegrationPanel } from './integration-panel.tsx';
import { setups } from './setups/index.ts';
import type { Integration } from './use-integrations.ts';

export interface IntegrationListProps {
  readonly api: Api;
  readonly integrations: readonly Integration[];
  readonly now: number;
  onDelete(integration: Integration): void;
  /** Something of one was changed. */
  onChanged(): void;
}

/** What may send alerts, one line each, with what came from it; each can be looked at more closely. */
export function IntegrationList({ integrations, ...shared }: IntegrationListProps) {
  return (
    <ul className="card lines integrations">
      {integrations.map((integration) => (
        <Line key={integration.id} integration={integration} {...shared} />
      ))}
    </ul>
  );
}

interface LineProps extends Omit<IntegrationListProps, 'integrations'> {
  readonly integration: Integration;
}

function Line({ api, integration, now, onDelete, onChanged }: LineProps) {
  const [isOpen, setOpen] = useState(false);
  const { id, name, source, createdAt } = integration;
  return (
    <li>
      <span className="grow">
        <strong>{name}</strong>
        <br />
        <span className="soft">
          {setups[source].name}, since <Day at={createdAt} />. {activityOf(integration, now)}.
        </span>
        {warningsOf(integration, now).map((warning) => (
          <span key={warning} className="warning">
            {warning}
          </span>
        ))}
      </span>
      <span className="buttons">
        <Button
          variant="default"
          aria-expanded={isOpen}
          aria-controls={`panel-${id}`}
          aria-label={`${isOpen ? 'Close' : 'Manage'} ${name}`}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? 'Close' : 'Manage'}
        </Button>
        <Button variant="default" aria-label={`Delete ${name}`} onClick={() => onDelete(integration)}>
          Delete
        </Button>
      </span>
      <div id={`panel-${id}`} className="panel" hidden={!isOpen}>
        {isOpen && <IntegrationPanel {...{ api, integration, now, onChanged }} />}
      </div>
    </li>
  );
}
