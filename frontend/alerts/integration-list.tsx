import { Button } from '@mantine/core';
import { Day } from '../time/day.tsx';
import { setups } from './setups/index.ts';
import type { Integration } from './use-integrations.ts';

export interface IntegrationListProps {
  readonly integrations: readonly Integration[];
  onDelete(integration: Integration): void;
}

/** What may send alerts, one line each. */
export function IntegrationList({ integrations, onDelete }: IntegrationListProps) {
  return (
    <ul className="card lines">
      {integrations.map((integration) => (
        <li key={integration.id}>
          <span className="grow">
            <strong>{integration.name}</strong>
            <br />
            <span className="soft">
              {setups[integration.source].name}, since <Day at={integration.createdAt} />
            </span>
          </span>
          <Button
            variant="default"
            aria-label={`Delete ${integration.name}`}
            onClick={() => onDelete(integration)}
          >
            Delete
          </Button>
        </li>
      ))}
    </ul>
  );
}
