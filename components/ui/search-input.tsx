"use client";

import { Search } from "lucide-react";
import { Input } from "./input.tsx";
import { useComposition } from "./use-composition.ts";

interface SearchInputProps {
  label: string;
  value: string;
  onValueChange: (value: string) => void;
  /** Enter: what the first hit is for. The text stays. */
  onEnter?: (text: string) => void;
  /** UTF-16 units. */
  most?: number;
}

/** Filters while one types, half a syllable included. */
export function SearchInput({ label, value, onValueChange, onEnter, most }: SearchInputProps) {
  const { ref } = useComposition<HTMLInputElement>({
    onSubmit(text) {
      if (text.trim()) onEnter?.(text);
      return undefined;
    },
  });
  return (
    <div className="relative">
      <Search
        size={17}
        aria-hidden="true"
        className="pointer-events-none absolute inset-y-0 start-3 my-auto text-ink-soft"
      />
      <Input
        ref={ref}
        type="search"
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        spellCheck={false}
        maxLength={most}
        value={value}
        onChange={(event) => onValueChange(event.target.value)}
        className="ps-9.5 search-clear"
      />
    </div>
  );
}
