import { Link, useLocation } from 'wouter';
import { may, type Role } from '../../shared/kernel/index.ts';
import type { Api } from '../api/use-api.ts';
import { incidentAddress } from '../app/addresses.ts';
import { useCatalogue } from '../catalogue/use-catalogue.ts';
import { useOnCall } from '../on-call/use-on-call.ts';
import { Refused } from '../ui/refused.tsx';
import { useTitle } from '../ui/use-title.ts';
import { DeclarationForm } from './declaration-form.tsx';
import { useDeclaration } from './use-declaration.ts';

export interface DeclarePageProps {
  readonly api: Api;
  readonly role: Role;
}

/** Where a person declares an incident; afterwards its own page is shown. */
export function DeclarePage({ api, role }: DeclarePageProps) {
  useTitle('Declare an incident');
  return (
    <>
      <p className="back">
        <Link to="/incidents">All open incidents</Link>
      </p>
      <h1>Declare an incident</h1>
      {may(role, 'incident.write') ? (
        <Declaration api={api} />
      ) : (
        <Refused role={role} what="declare incidents" least="responder" />
      )}
    </>
  );
}

function Declaration({ api }: Pick<DeclarePageProps, 'api'>) {
  const [, go] = useLocation();
  const { change, declare, ...declaration } = useDeclaration(api, (id) => go(incidentAddress(id)));
  const known = useCatalogue(api).value?.items.map(({ name }) => name) ?? [];
  const onCall = useOnCall(api).value;
  return (
    <DeclarationForm {...declaration} known={known} onCall={onCall} onChange={change} onDeclare={declare} />
  );
}
