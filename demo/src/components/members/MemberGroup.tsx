import type { Person } from '../../hooks/usePeopleOf';
import { useFormats } from '../../i18n/language';
import { MemberRow } from './MemberRow';

interface MemberGroupProps {
  readonly title: string;
  readonly people: readonly Person[];
}

export function MemberGroup({ title, people }: MemberGroupProps) {
  const formats = useFormats();
  if (people.length === 0) return null;
  return (
    <section className="member-group">
      <h3>
        {title} <span>{formats.number(people.length)}</span>
      </h3>
      <ul>
        {people.map((person) => (
          <li key={person.userId}>
            <MemberRow person={person} />
          </li>
        ))}
      </ul>
    </section>
  );
}
