import { type Explanation, inPlainWords, integrationsIn } from '../../shared/alerts/index.ts';
import type { IntegrationId, OrganisationId } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { allDone } from './all-done.ts';
import { table } from './table.ts';

/** Integrations of which one explanation gives the names. */
const MOST = 5;

/** An explanation with the names of the integrations that it speaks of. */
export async function named<Of extends Explanation>(org: OrganisationId, explanation: Of): Promise<Of> {
  const ids = integrationsIn(explanation, MOST);
  const rows = await allDone(
    ids.map((id) =>
      table.get<{ readonly id: string; readonly name: string }>(
        schema.integration.key({ org, integration: id as IntegrationId }),
      ),
    ),
  );
  const names = new Map(rows.flatMap((row) => (row ? [[row.id, row.name] as const] : [])));
  return inPlainWords(explanation, names);
}
