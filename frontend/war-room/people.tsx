import { NativeSelect } from '@mantine/core';
import type { PersonRef, RoomRole } from '../../shared/incidents/index.ts';
import { roomRoles } from '../../shared/incidents/room-facts.ts';
import type { Present } from '../../shared/war-room/index.ts';

export interface PeopleProps {
  readonly people: readonly Present[];
  readonly roles: ReadonlyMap<RoomRole, PersonRef>;
  /** Who may be given a role. */
  readonly members: readonly PersonRef[];
  readonly mayWrite: boolean;
  onRole(role: RoomRole, person: string | null): void;
}

const roleWords: Readonly<Record<RoomRole, string>> = {
  commander: 'Commander',
  scribe: 'Scribe',
  communications: 'Communications',
};

/** Who is in the room, and who has which role. */
export function People({ people, roles, members, mayWrite, onRole }: PeopleProps) {
  return (
    <section aria-labelledby="people">
      <h2 id="people">People</h2>
      <ul className="present">
        {people.map(({ id, name, away }) => (
          <li key={id} className={away === true ? 'away' : ''}>
            <span className="dot" aria-hidden="true" /> <bdi>{name}</bdi>
            {away === true && <span className="soft"> away</span>}
          </li>
        ))}
        {people.length === 0 && <li className="soft">Nobody is here.</li>}
      </ul>
      <dl className="roles">
        {roomRoles.map((role) => (
          <Role key={role} {...{ role, members, mayWrite, onRole }} holder={roles.get(role)} />
        ))}
      </dl>
    </section>
  );
}

interface RoleProps extends Pick<PeopleProps, 'members' | 'mayWrite' | 'onRole'> {
  readonly role: RoomRole;
  readonly holder: PersonRef | undefined;
}

function Role({ role, holder, members, mayWrite, onRole }: RoleProps) {
  const known = members.some(({ id }) => id === holder?.id);
  const choices = [...members, ...(holder && !known ? [holder] : [])];
  return (
    <>
      <dt id={`role-${role}`}>{roleWords[role]}</dt>
      <dd>
        {mayWrite ? (
          <NativeSelect
            size="xs"
            aria-labelledby={`role-${role}`}
            value={holder?.id ?? ''}
            data={[
              { value: '', label: 'Nobody' },
              ...choices.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={({ target }) => onRole(role, target.value === '' ? null : target.value)}
          />
        ) : (
          <bdi>{holder?.name ?? 'Nobody'}</bdi>
        )}
      </dd>
    </>
  );
}
