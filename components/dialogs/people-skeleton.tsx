import { Skeleton } from "#components/ui/skeleton.tsx";

export function PeopleSkeleton() {
  return (
    <div aria-hidden="true" className="grid gap-3 pt-2">
      {["w-28", "w-20", "w-36", "w-24"].map((width) => (
        <div key={width} className="flex items-center gap-3">
          <Skeleton className="size-9" />
          <Skeleton className={`h-4 ${width}`} />
        </div>
      ))}
    </div>
  );
}
