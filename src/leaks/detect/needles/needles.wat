;; Looks for what every leak has one of, 16 bytes at a time. Memory must be readable for 32 bytes behind `length`.
;;
;; A byte at a place of a needle is looked up twice, by its low and by its high half: each table says, as bits, which needles of
;; `needleSets.ts` may have it there. A needle is seen where its bit is left at all five places. `(low P)` and `(high P)` stand for those
;; tables and are filled in by scripts/buildNeedles.ts.
(module
  (memory (export "memory") 32)

  ;; The first 16 bytes from `at`, in steps of 16, that hold the beginning of a needle; -1 where there is none before `length`.
  (func (export "find") (param $at i32) (param $length i32) (result i32)
    (local $b0 v128) (local $b v128) (local $b1 v128) (local $b2 v128) (local $left v128) (local $hidden v128) (local $half v128)
    (local.set $half (i8x16.splat (i32.const 0x0f)))
    (block $none
      (loop $next
        (br_if $none (i32.ge_u (local.get $at) (local.get $length)))
        (local.set $b0 (v128.load (local.get $at)))
        (local.set $left (i8x16.swizzle (low 0) (v128.and (local.get $b0) (local.get $half))))
        (local.set $left
          (v128.and (local.get $left) (i8x16.swizzle (high 0) (i8x16.shr_u (local.get $b0) (i32.const 4)))))
        (local.set $b (v128.load offset=1 (local.get $at)))
        (local.set $left
          (v128.and (local.get $left) (i8x16.swizzle (low 1) (v128.and (local.get $b) (local.get $half)))))
        (local.set $left
          (v128.and (local.get $left) (i8x16.swizzle (high 1) (i8x16.shr_u (local.get $b) (i32.const 4)))))
        (local.set $b (v128.load offset=2 (local.get $at)))
        (local.set $left
          (v128.and (local.get $left) (i8x16.swizzle (low 2) (v128.and (local.get $b) (local.get $half)))))
        (local.set $left
          (v128.and (local.get $left) (i8x16.swizzle (high 2) (i8x16.shr_u (local.get $b) (i32.const 4)))))
        (if (v128.any_true (local.get $left))
          (then
            (local.set $b (v128.load offset=3 (local.get $at)))
            (local.set $left
              (v128.and (local.get $left) (i8x16.swizzle (low 3) (v128.and (local.get $b) (local.get $half)))))
            (local.set $left
              (v128.and (local.get $left) (i8x16.swizzle (high 3) (i8x16.shr_u (local.get $b) (i32.const 4)))))
            (local.set $b (v128.load offset=5 (local.get $at)))
            (local.set $left
              (v128.and (local.get $left) (i8x16.swizzle (low 5) (v128.and (local.get $b) (local.get $half)))))
            (local.set $left
              (v128.and (local.get $left) (i8x16.swizzle (high 5) (i8x16.shr_u (local.get $b) (i32.const 4)))))
            (if (v128.any_true (local.get $left)) (then (return (local.get $at))))))
        ;; Characters that nobody sees, only where there is more than ASCII: E2 80 8B to 8F, E2 81 A0 to A4, EF BB BF, C2 AD.
        (if (i8x16.bitmask (local.get $b0))
          (then
            (local.set $b1 (v128.load offset=1 (local.get $at)))
            (local.set $b2 (v128.load offset=2 (local.get $at)))
            (local.set $hidden
              (v128.and
                (i8x16.eq (local.get $b1) (i8x16.splat (i32.const 0x80)))
                (v128.and
                  (i8x16.ge_u (local.get $b2) (i8x16.splat (i32.const 0x8b)))
                  (i8x16.le_u (local.get $b2) (i8x16.splat (i32.const 0x8f))))))
            (local.set $hidden
              (v128.or
                (local.get $hidden)
                (v128.and
                  (i8x16.eq (local.get $b1) (i8x16.splat (i32.const 0x81)))
                  (v128.and
                    (i8x16.ge_u (local.get $b2) (i8x16.splat (i32.const 0xa0)))
                    (i8x16.le_u (local.get $b2) (i8x16.splat (i32.const 0xa4)))))))
            (local.set $hidden
              (v128.and (local.get $hidden) (i8x16.eq (local.get $b0) (i8x16.splat (i32.const 0xe2)))))
            (local.set $hidden
              (v128.or
                (local.get $hidden)
                (v128.and
                  (i8x16.eq (local.get $b0) (i8x16.splat (i32.const 0xef)))
                  (v128.and
                    (i8x16.eq (local.get $b1) (i8x16.splat (i32.const 0xbb)))
                    (i8x16.eq (local.get $b2) (i8x16.splat (i32.const 0xbf)))))))
            (local.set $hidden
              (v128.or
                (local.get $hidden)
                (v128.and
                  (i8x16.eq (local.get $b0) (i8x16.splat (i32.const 0xc2)))
                  (i8x16.eq (local.get $b1) (i8x16.splat (i32.const 0xad))))))
            (if (v128.any_true (local.get $hidden)) (then (return (local.get $at))))))
        (local.set $at (i32.add (local.get $at) (i32.const 16)))
        (br $next)))
    (i32.const -1)))
