! SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
module m
contains
  recursive function fact(n) result(r)
    integer, intent(in) :: n
    integer :: r
    if (n <= 1) then
      r = 1
    else
      r = n * fact(n - 1)
    end if
  end function
end module
program hello
  use m
  print *, 'fact', fact(5), add(1, 2)
contains
  integer function add(a, b)
    integer, intent(in) :: a, b
    add = a + b
  end function
end program
