import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Provider } from 'react-redux';
import { App } from './app/App';
import { restoreSession } from './app/signIn';
import { recorder, store } from './app/store';
import { applyTheme } from './app/theme';
import { applyLanguage } from './i18n/language';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';

applyTheme();
applyLanguage();
// outside of React, where it happens once
recorder.start();
void restoreSession();

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no #root.');
createRoot(root).render(
  <StrictMode>
    <Provider store={store}>
      <App />
    </Provider>
  </StrictMode>,
);
