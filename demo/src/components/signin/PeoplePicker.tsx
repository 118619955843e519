import type { Credentials } from '@hudhud/state';
import { useStrings } from '../../i18n/language';
import { isolate } from '../../text/isolate';
import { Avatar } from '../basics/Avatar';
import { demoPassword, demoPeople } from './demoPeople';

interface PeoplePickerProps {
  readonly isBusy: boolean;
  readonly onPick: (credentials: Credentials) => void;
}

export function PeoplePicker({ isBusy, onPick }: PeoplePickerProps) {
  const { signIn } = useStrings();
  return (
    <ul className="people-picker" aria-label={signIn.people}>
      {demoPeople.map(({ id, username, fullName }) => (
        <li key={username}>
          <button
            type="button"
            className="people-picker-person"
            disabled={isBusy}
            aria-label={signIn.continueAs(isolate(fullName))}
            onClick={() => {
              onPick({ username, password: demoPassword });
            }}
          >
            <Avatar id={id} name={fullName} size="large" />
            <span className="people-picker-words">
              <bdi className="people-picker-name">{fullName}</bdi>
              <span className="people-picker-username">{username}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
