;; Looks for what every leak has one of, 16 bytes at a time. Memory must be readable for 32 bytes behind `length`.
;;
;;   (_ f F ; " ' `) l i . . (_ \ % &)     sk_live_, its escaped forms: sk\u005flive\u005f, sk%5Flive, sk&#95;live&#95;, sk\_live\_
;;                                         and its parts: "sk_" + "live_"
;;   (_ f F ; " ' `) t e . . (_ \ % &)     the same for sk_test_
;;   w h s . . (_ \ % &)                   whsec_
;;   o a k _                               oak_
;;   c (2 m) t (f j), d 2 h z              base64 of sk_, rk_, rkcs_, whsec_
(module
  (memory (export "memory") 32)

  ;; The first 16 bytes from `at`, in steps of 16, that hold one; -1 where there is none before `length`.
  (func (export "find") (param $at i32) (param $length i32) (result i32)
    (local $b0 v128) (local $b1 v128) (local $b2 v128) (local $b3 v128) (local $b5 v128)
    (local $gap v128)
    (block $none
      (loop $next
        (br_if $none (i32.ge_u (local.get $at) (local.get $length)))
        (local.set $b0 (v128.load (local.get $at)))
        (local.set $b1 (v128.load offset=1 (local.get $at)))
        (local.set $b2 (v128.load offset=2 (local.get $at)))
        (local.set $b3 (v128.load offset=3 (local.get $at)))
        (local.set $b5 (v128.load offset=5 (local.get $at)))
        ;; what ends `live`, `test`, `whsec`
        (local.set $gap
          (v128.or
            (v128.or
              (i8x16.eq (local.get $b5) (i8x16.splat (i32.const 0x5f)))
              (i8x16.eq (local.get $b5) (i8x16.splat (i32.const 0x5c))))
            (v128.or
              (i8x16.eq (local.get $b5) (i8x16.splat (i32.const 0x25)))
              (i8x16.eq (local.get $b5) (i8x16.splat (i32.const 0x26))))))
        (if
          (v128.any_true
            (v128.or
              (v128.and
                (local.get $gap)
                (v128.or
                  (v128.and
                    ;; _ f F ; " ' `
                    (v128.or
                      (v128.or
                        (v128.or
                          (i8x16.eq (local.get $b0) (i8x16.splat (i32.const 0x5f)))
                          (i8x16.eq (local.get $b0) (i8x16.splat (i32.const 0x66))))
                        (v128.or
                          (i8x16.eq (local.get $b0) (i8x16.splat (i32.const 0x46)))
                          (i8x16.eq (local.get $b0) (i8x16.splat (i32.const 0x3b)))))
                      (v128.or
                        (i8x16.eq (local.get $b0) (i8x16.splat (i32.const 0x22)))
                        (v128.or
                          (i8x16.eq (local.get $b0) (i8x16.splat (i32.const 0x27)))
                          (i8x16.eq (local.get $b0) (i8x16.splat (i32.const 0x60))))))
                    ;; li, te
                    (v128.or
                      (v128.and
                        (i8x16.eq (local.get $b1) (i8x16.splat (i32.const 0x6c)))
                        (i8x16.eq (local.get $b2) (i8x16.splat (i32.const 0x69))))
                      (v128.and
                        (i8x16.eq (local.get $b1) (i8x16.splat (i32.const 0x74)))
                        (i8x16.eq (local.get $b2) (i8x16.splat (i32.const 0x65))))))
                  ;; whs
                  (v128.and
                    (i8x16.eq (local.get $b0) (i8x16.splat (i32.const 0x77)))
                    (v128.and
                      (i8x16.eq (local.get $b1) (i8x16.splat (i32.const 0x68)))
                      (i8x16.eq (local.get $b2) (i8x16.splat (i32.const 0x73)))))))
              (v128.or
                ;; oak_
                (v128.and
                  (v128.and
                    (i8x16.eq (local.get $b0) (i8x16.splat (i32.const 0x6f)))
                    (i8x16.eq (local.get $b1) (i8x16.splat (i32.const 0x61))))
                  (v128.and
                    (i8x16.eq (local.get $b2) (i8x16.splat (i32.const 0x6b)))
                    (i8x16.eq (local.get $b3) (i8x16.splat (i32.const 0x5f)))))
                (v128.or
                  ;; c2tf, cmtf, cmtj
                  (v128.and
                    (v128.and
                      (i8x16.eq (local.get $b0) (i8x16.splat (i32.const 0x63)))
                      (i8x16.eq (local.get $b2) (i8x16.splat (i32.const 0x74))))
                    (v128.and
                      (v128.or
                        (i8x16.eq (local.get $b1) (i8x16.splat (i32.const 0x32)))
                        (i8x16.eq (local.get $b1) (i8x16.splat (i32.const 0x6d))))
                      (v128.or
                        (i8x16.eq (local.get $b3) (i8x16.splat (i32.const 0x66)))
                        (i8x16.eq (local.get $b3) (i8x16.splat (i32.const 0x6a))))))
                  ;; d2hz
                  (v128.and
                    (v128.and
                      (i8x16.eq (local.get $b0) (i8x16.splat (i32.const 0x64)))
                      (i8x16.eq (local.get $b1) (i8x16.splat (i32.const 0x32))))
                    (v128.and
                      (i8x16.eq (local.get $b2) (i8x16.splat (i32.const 0x68)))
                      (i8x16.eq (local.get $b3) (i8x16.splat (i32.const 0x7a)))))))))
          (then (return (local.get $at))))
        (local.set $at (i32.add (local.get $at) (i32.const 16)))
        (br $next)))
    (i32.const -1)))
