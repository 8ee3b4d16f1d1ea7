/** The owner's symbol, in the owner's shape and colours; nothing for a provider without one here. */
export function ProviderSymbol({ provider, className }: { provider: string; className?: string }) {
  switch (provider) {
    case "kakao":
      return (
        <svg viewBox="0 0 18 18" aria-hidden="true" className={className}>
          <path
            fill="#000000"
            d="M9 .6C4.03.6 0 3.71 0 7.55c0 2.39 1.56 4.5 3.93 5.75l-1 3.65c-.09.32.28.58.56.39l4.38-2.89c.37.04.75.06 1.13.06 4.97 0 9-3.12 9-6.96S13.97.6 9 .6"
          />
        </svg>
      );
    case "naver":
      return (
        <svg viewBox="0 0 18 18" aria-hidden="true" className={className}>
          <path fill="#03c75a" d="M12.2 9.6 5.7 0H.3v18h5.5V8.4l6.5 9.6h5.4V0h-5.5z" />
        </svg>
      );
    case "google":
      return (
        <svg viewBox="0 0 18 18" aria-hidden="true" className={className}>
          <path
            fill="#4285f4"
            d="M17.64 9.2c0-.63-.06-1.25-.16-1.84H9v3.48h4.84a4.14 4.14 0 0 1-1.8 2.72v2.26h2.92a8.78 8.78 0 0 0 2.68-6.62"
          />
          <path
            fill="#34a853"
            d="M9 18c2.43 0 4.47-.8 5.96-2.18l-2.92-2.26c-.8.54-1.84.86-3.04.86-2.34 0-4.33-1.58-5.04-3.71H.96v2.33A9 9 0 0 0 9 18"
          />
          <path fill="#fbbc05" d="M3.96 10.71a5.41 5.41 0 0 1 0-3.42V4.96H.96a9 9 0 0 0 0 8.08z" />
          <path
            fill="#ea4335"
            d="M9 3.58c1.32 0 2.5.45 3.44 1.35l2.58-2.59A9 9 0 0 0 .96 4.96l3 2.33C4.67 5.16 6.66 3.58 9 3.58"
          />
        </svg>
      );
    case "github":
      return (
        <svg viewBox="0 0 16 16" aria-hidden="true" className={className}>
          <path
            fill="#ffffff"
            d="M8 0a8 8 0 0 0-2.53 15.59c.4.07.55-.17.55-.38v-1.49c-2.01.37-2.53-.49-2.69-.94-.09-.23-.48-.94-.82-1.13-.28-.15-.68-.52-.01-.53.63-.01 1.08.58 1.23.82.72 1.21 1.87.87 2.33.66.07-.52.28-.87.51-1.07-1.78-.2-3.64-.89-3.64-3.95 0-.87.31-1.59.82-2.15-.08-.2-.36-1.02.08-2.12 0 0 .67-.21 2.2.82a7.4 7.4 0 0 1 4 0c1.53-1.04 2.2-.82 2.2-.82.44 1.1.16 1.92.08 2.12.51.56.82 1.27.82 2.15 0 3.07-1.87 3.75-3.65 3.95.29.25.54.73.54 1.48v2.2c0 .21.15.46.55.38A8 8 0 0 0 8 0"
          />
        </svg>
      );
    default:
      return null;
  }
}
