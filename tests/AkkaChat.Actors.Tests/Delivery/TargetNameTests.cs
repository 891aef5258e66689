using AkkaChat.Delivery;
using AkkaChat.Sockets;

namespace AkkaChat.Tests.Delivery;

public class TargetNameTests
{
    [Theory]
    [InlineData("a")]
    [InlineData(" ")]
    [InlineData("/")]
    [InlineData("räume 😀")]
    public void Any_text_names_a_room(string room) => Assert.Equal(room, TargetName.CheckRoom(room));

    [Fact]
    public void A_text_in_the_form_of_an_id_names_none()
    {
        var exception = Assert.Throws<ArgumentException>(() => TargetName.CheckRoom(SocketId.New("12345678")));

        Assert.Contains("form of a socket id", exception.Message, StringComparison.Ordinal);
    }
}
