import { readKeeping, setKeeping } from '../../app/keeping';
import { setTheme, useTheme } from '../../app/theme';
import { setLanguage, useLanguage, useStrings } from '../../i18n/language';
import { Segmented } from '../basics/Segmented';
import './Preferences.css';

/** Language, appearance, and what stays on this device. */
export function Preferences() {
  const { menu } = useStrings();
  const language = useLanguage();
  const theme = useTheme();
  return (
    <div className="preferences">
      <Segmented
        legend={menu.language}
        value={language}
        onChange={setLanguage}
        options={[
          { value: 'en', label: 'English', lang: 'en' },
          { value: 'ar', label: 'العربية', lang: 'ar' },
        ]}
      />
      <Segmented
        legend={menu.theme}
        value={theme}
        onChange={setTheme}
        options={[
          { value: 'system', label: menu.themes.system },
          { value: 'light', label: menu.themes.light },
          { value: 'dark', label: menu.themes.dark },
        ]}
      />
      <Segmented
        legend={menu.keeping}
        value={readKeeping()}
        onChange={setKeeping}
        options={[
          { value: 'unsent', label: menu.keepings.unsent },
          { value: 'messages', label: menu.keepings.messages },
        ]}
      />
    </div>
  );
}
