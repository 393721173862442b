-- SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
with Ada.Text_IO;
procedure Hello is
   Base : Integer := 40;
   function Add (X : Integer) return Integer is
   begin
      return X + Base;
   end Add;
   procedure Fail is
   begin
      raise Constraint_Error;
   end Fail;
begin
   Base := Base + 1;
   Ada.Text_IO.Put_Line ("sum" & Integer'Image (Add (1)));
   Fail;
exception
   when Constraint_Error => Ada.Text_IO.Put_Line ("caught");
end Hello;
