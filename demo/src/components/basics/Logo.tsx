/** The hoopoe: a crest of five feathers with dark tips, and a long bill. */
export function Logo({ size = 32 }: { readonly size?: number }) {
  return (
    <svg className="logo" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="9" fill="var(--brand)" />
      <g transform="translate(13.2 20.4)" strokeLinecap="round" fill="none" strokeWidth="2.5">
        <g stroke="#fff">
          <path d="M0 0-8.4-3.6M0 0-6.2-8.2M0 0-1.6-11M0 0 3.4-10.2M0 0 7-6.6" />
        </g>
        <g stroke="#2b1509">
          <path d="M-7.4-3.2l-1-.4M-5.5-7.3l-.7-.9M-1.4-9.8l-.2-1.2M3-9.1l.4-1.1M6.2-5.9l.8-.7" />
        </g>
      </g>
      <circle cx="13.6" cy="21" r="4.4" fill="#fff" />
      <path d="M16.4 19.6c4 .4 7.2 2 9.4 5-3.6-1-6.8-1.4-9.8-1.2z" fill="#fff" />
      <circle cx="14.8" cy="20.4" r=".95" fill="#2b1509" />
    </svg>
  );
}
